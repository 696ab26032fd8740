#!/usr/bin/env node
'use strict'
// CommonJS and one file, because that starts fastest; the compiled form of that file is kept beside it.
const { existsSync, readFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const file = join(__dirname, '../dist/cli.cjs')

/** Node 22 keeps compiled code by itself; before, V8 takes what the build kept if it comes of the same V8. */
function load() {
  if (Module.enableCompileCache !== undefined) {
    Module.enableCompileCache()
    return require(file)
  }
  const cachedData = read(`${file}.cache`)
  if (cachedData === undefined) return require(file)
  const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file, cachedData })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file))
  return module.exports
}

function read(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Whatever goes wrong here must not end in 1, which would read as "denied". */
async function run() {
  if (!existsSync(file)) {
    console.error('netpol-sim is not built: run `npm install` in its folder')
    process.exitCode = 2
    return
  }
  try {
    const { main, processIo, endProcess } = load()
    endProcess(await main(process.argv.slice(2), processIo(join(__dirname, '../'))))
  } catch (error) {
    console.error(`netpol-sim has a bug: ${error}\nplease report it: npm bugs netpol-sim`)
    process.exitCode = 3
  }
}

void run()
