import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildIfStale } from '../support/cli-process.js'

const root = mkdtempSync(join(tmpdir(), 'netpol-sim-cache-'))
beforeAll(() => {
  buildIfStale()
  for (const part of ['bin', 'dist', 'package.json', 'fixtures/clusters'])
    cpSync(part, join(root, part), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
}, 120_000)
afterAll(() => {
  rmSync(root, { recursive: true })
})

function ask() {
  const argv = ['check', '-q', '-f', 'fixtures/clusters/production', 'production/batch', 'production/backend:8080']
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/netpol-sim.cjs', ...argv], { cwd: root })
  return { status, stdout: stdout.toString(), stderr: stderr.toString() }
}

/** Says whether V8 refuses what was kept of a part, as a start would give it to V8. */
const REFUSED = `
  const [file, cache] = process.argv.slice(1).map((path) => require('node:path').resolve(path))
  const bytes = require('node:fs').readFileSync(cache)
  const code = require('node:module').wrap(require('node:fs').readFileSync(file, 'latin1'))
  const cachedData = bytes.subarray(0, bytes.length / 2)
  console.log(new (require('node:vm').Script)(code, { filename: file, cachedData }).cachedDataRejected)`

test.each(['cli', 'print'])('V8 takes the compiled form of %s that the build kept', (part) => {
  const file = `dist/${part}.cjs`
  const argv = ['-e', REFUSED, file, `${file}.${process.versions.v8}.cache`]
  expect(spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' }).stdout).toBe('false\n')
})

const ANSWER = { status: 1, stdout: 'DENIED  production/batch -> production/backend  8080/TCP\n', stderr: '' }

test('a compiled form that was damaged is not used', () => {
  const cache = join(root, `dist/cli.cjs.${process.versions.v8}.cache`)
  const good = readFileSync(cache)
  expect(ask()).toEqual(ANSWER)
  for (const part of [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9999]) {
    const damaged = Buffer.from(good)
    const at = Math.floor(part * good.length)
    damaged.writeUInt8(good.readUInt8(at) ^ 0x55, at)
    writeFileSync(cache, damaged)
    expect(ask()).toEqual(ANSWER)
  }
  for (const short of [Buffer.alloc(0), Buffer.alloc(3), good.subarray(0, 1000), good.subarray(0, -8)]) {
    writeFileSync(cache, short)
    expect(ask()).toEqual(ANSWER)
  }
})
