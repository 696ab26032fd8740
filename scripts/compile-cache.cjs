'use strict'
// Runs the built command line once on the demo and keeps what V8 compiled for it, so that the next start need not.
const { readFileSync, writeFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const root = join(__dirname, '../')
const file = join(root, 'dist/cli.cjs')
const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file })
const module_ = { exports: {} }
script.runInThisContext()(module_.exports, Module.createRequire(file), module_, file, dirname(file))

const silent = { isTerminal: false, columns: null, write: () => undefined }
const io = {
  stdout: silent,
  stderr: silent,
  readStdin: () => new Uint8Array(),
  env: {},
  cwd: root,
  packageRoot: root,
  version: '',
}
const folders = ['demo', 'production'].map((name) => join(root, 'fixtures/clusters', name))
const questions = [
  ['shop/checkout', 'shop/orders-db:5432'],
  ['shop/storefront', 'shop/orders-db:5432', '-o', 'json'],
  ['production/frontend', 'production/backend:8080'],
  ['production/any', 'production/backend', '-v'],
  ['production/nobody', 'production/backend'],
].map((question) => ['check', ...folders.flatMap((folder) => ['-f', folder]), ...question])
void (async () => {
  for (const question of questions) await module_.exports.main(question, io)
  writeFileSync(`${file}.cache`, script.createCachedData())
})()
