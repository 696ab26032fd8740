import { spawnSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { BIN, buildIfStale } from '../support/cli-process.js'

interface Taken {
  /** Modules of Node that were loaded, its own start included. */
  readonly modules: number
  /** Bytes of the package's own files that were read, by path. */
  readonly files: Readonly<Record<string, number>>
}

/** What a run of Node loaded, as bench/peak-memory.cjs counts it. */
function taken(args: readonly string[]): Taken {
  const { status, output } = spawnSync(process.execPath, ['--require', './bench/peak-memory.cjs', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  expect(status).toBe(0)
  return JSON.parse(output[3] ?? '') as Taken
}

const THREE_PODS = ['-f', 'fixtures/clusters/production']
/** The compiled forms that the build kept are read as well; each file holds its bytes twice. */
const isCompiled = (file: string) => file.endsWith('.cache')

beforeAll(buildIfStale)

test.each([
  ['--version', ['--version'], []],
  ['check', ['check', ...THREE_PODS, 'production/frontend', 'production/backend:8080'], []],
  ['check -o json', ['check', ...THREE_PODS, '-o', 'json', 'production/frontend', 'production/backend:8080'], []],
  ['matrix', ['matrix', ...THREE_PODS, '-o', 'list'], ['dist/print.cjs']],
])('%s reads no more of the package than it needs', (_, argv, more) => {
  const { files } = taken([BIN, ...argv])
  const { 'bin/netpol-sim.cjs': launcher = 0, ...others } = files
  expect(launcher).toBeLessThan(4000)
  const code = Object.fromEntries(Object.entries(others).filter(([file]) => !isCompiled(file)))
  const cache = Object.entries(others).reduce((sum, [file, size]) => sum + (isCompiled(file) ? size : 0), 0)
  expect(Object.keys(code)).toEqual(['dist/cli.cjs', ...more])
  expect(Object.values(code).reduce((sum, size) => sum + size, 0)).toBeLessThan(more.length > 0 ? 622_000 : 445_000)
  expect(cache).toBeLessThan(more.length > 0 ? 2_250_000 : 1_560_000)
})

test('check loads hardly a module of Node that a bare start does not', () => {
  const bare = taken(['-e', '0'])
  const check = taken([BIN, 'check', ...THREE_PODS, 'production/frontend', 'production/backend:8080'])
  expect(check.modules - bare.modules).toBeLessThanOrEqual(4)
})
