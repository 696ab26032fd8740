'use strict'
// Runs the built command line on the examples and keeps what V8 compiled for it, so that the next start need not.
const { Buffer } = require('node:buffer')
const { readFileSync, writeFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

/** The parts whose compiled form is kept; the others are small, or for people at a terminal. */
const KEPT = ['cli.cjs', 'print.cjs']

const root = join(__dirname, '../')
const scripts = new Map()
const { main } = load(join(root, 'dist/cli.cjs'))

/** Loads a part as bin/netpol-sim.cjs does, and remembers its script. */
function load(file) {
  const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file })
  scripts.set(file, script)
  const module = { exports: {} }
  const own = Module.createRequire(file)
  const requirePart = (id) => (KEPT.some((part) => id === `./${part}`) ? load(join(root, 'dist', id)) : own(id))
  script.runInThisContext()(module.exports, requirePart, module, file, dirname(file))
  return module.exports
}

const silent = { isTerminal: false, columns: null, write: () => undefined }
const io = {
  stdout: silent,
  stderr: silent,
  readStdin: () => new Uint8Array(),
  env: {},
  cwd: root,
  now: () => 0,
  packageRoot: root,
  expectMuch: () => undefined,
  version: '',
}
const production = ['-f', join(root, 'fixtures/clusters/production')]
const demo = ['-f', join(root, 'fixtures/clusters/demo')]
const questions = [
  ['check', ...production, 'production/frontend', 'production/backend:8080'],
  ['check', ...production, 'production/frontend', 'production/backend:8080', '-o', 'json'],
  ['check', ...production, 'production/nobody', 'production/backend'],
  ['check', ...demo, 'shop/checkout', 'shop/orders-db:5432'],
  ['matrix', ...demo],
  ['matrix', ...demo, '-o', 'list'],
  ['matrix', ...demo, '-o', 'json'],
]
void (async () => {
  for (const question of questions) await main(question, io)
  for (const [file, script] of scripts) {
    const data = script.createCachedData()
    // Twice, so that damage is seen at once
    writeFileSync(`${file}.${process.versions.v8}.cache`, Buffer.concat([data, data]))
  }
})()
