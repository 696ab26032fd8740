#!/usr/bin/env node
'use strict'
// CommonJS and one file, because that starts fastest; the compiled form of that file is kept beside it.
const { existsSync, readFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const file = join(__dirname, '../dist/cli.cjs')
const loaded = new Map()

/** The command line, or a part of it that it asks for later. */
function loadPart(part) {
  const known = loaded.get(part)
  if (known !== undefined) return known.exports
  // Any other V8 than that of the build would refuse what the build kept
  const cachedData = readCache(`${part}.${process.versions.v8}.cache`)
  if (cachedData === undefined) {
    // Of other parts, and for another V8, Node 22 and later keep compiled code themselves, though less of it
    Module.enableCompileCache?.()
    return require(part)
  }
  const script = new Script(Module.wrap(readFileSync(part, 'latin1')), { filename: part, cachedData })
  const module = { exports: {} }
  loaded.set(part, module)
  const folder = dirname(part)
  const requirePart = (id) => (id.startsWith('./') ? loadPart(join(folder, id)) : require(id))
  script.runInThisContext()(module.exports, requirePart, module, part, folder)
  return module.exports
}

/**
 * V8 trusts what it compiled once, down to a crash or another verdict; so bytes that have changed are not given to it. The file
 * holds them twice: to compare takes a hundredth of the time that a checksum takes in JavaScript that is not compiled yet.
 */
function readCache(path) {
  try {
    const bytes = readFileSync(path)
    const data = bytes.subarray(0, bytes.length / 2)
    return data.length > 0 && data.equals(bytes.subarray(data.length)) ? data : undefined
  } catch {
    return undefined
  }
}

/**
 * Most code runs for so short a time that to optimise it as early as the V8 of Node 20 does takes longer than it saves: a
 * quarter of the processor time of `matrix` on a thousand pods. Later ones decide otherwise, and gain nothing by it. What
 * sets the flag is loaded only now, because it would take a short run longer than it saves.
 */
function optimiseLater() {
  if (Module.enableCompileCache === undefined) require('node:v8').setFlagsFromString('--interrupt-budget=300000')
}

/** Whatever goes wrong here must not end in 1, which would read as "denied". */
async function run() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`netpol-sim needs Node 20 or later, and this is Node ${process.versions.node}`)
    process.exitCode = 2
    return
  }
  if (!existsSync(file)) {
    console.error('netpol-sim is not built: run `npm install` in its folder')
    process.exitCode = 2
    return
  }
  try {
    const { main, processIo, endProcess } = loadPart(file)
    endProcess(await main(process.argv.slice(2), processIo(join(__dirname, '../'), optimiseLater)))
  } catch (error) {
    console.error(`netpol-sim has a bug: ${error}\nplease report it: name the command that you ran`)
    process.exitCode = 3
  }
}

void run()
