'use strict'
// node --require bench/peak-memory.cjs ...: writes to descriptor 3 what a process took: memory, user CPU seconds, modules of Node, and the
// files of the package that were read with their bytes.
const fs = require('node:fs')
const { join, sep } = require('node:path')

const root = join(__dirname, '..') + sep
const parts = ['bin', 'dist'].map((folder) => root + folder + sep)
const read = new Map()
const original = fs.readFileSync
fs.readFileSync = (path, ...others) => {
  const content = original(path, ...others)
  if (parts.some((part) => String(path).startsWith(part)))
    read.set(String(path).slice(root.length), fs.statSync(path).size)
  return content
}

process.on('exit', () => {
  const peak = process.resourceUsage().maxRSS / 1000
  const seconds = process.resourceUsage().userCPUTime / 1e6
  fs.writeSync(
    3,
    JSON.stringify({ peak, seconds, modules: process.moduleLoadList.length, files: Object.fromEntries(read) }),
  )
})
