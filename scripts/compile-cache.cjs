'use strict'
// Runs the built command line on the examples and keeps what V8 compiled for it, so that the next start need not.
const { readFileSync, writeFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { setFlagsFromString } = require('node:v8')
const { Script } = require('node:vm')

// What V8 has optimised it does not keep, and the next start would compile it again: nothing must look hot here.
const OPTIMISERS = ['opt', 'sparkplug']
for (const flag of OPTIMISERS) setFlagsFromString(`--no-${flag}`)

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
const cluster = (name) => join(root, 'fixtures/clusters', name)
const questions = [
  [cluster('production'), 'production/frontend', 'production/backend:8080'],
  [cluster('production'), 'production/frontend', 'production/backend:8080', '-o', 'json'],
  [cluster('production'), 'production/nobody', 'production/backend'],
  [cluster('demo'), 'shop/checkout', 'shop/orders-db:5432'],
]
void (async () => {
  for (const question of questions) await module_.exports.main(['check', '-f', ...question], io)
  // The cache counts only for a V8 with the flags that are set when it is made: those of every start
  for (const flag of OPTIMISERS) setFlagsFromString(`--${flag}`)
  writeFileSync(`${file}.cache`, script.createCachedData())
})()
