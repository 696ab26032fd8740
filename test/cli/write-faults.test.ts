import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type * as Fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from '../support/cli-io.js'

/** What happens at which call that writes; the calls are counted. */
const world = vi.hoisted(() => ({ calls: 0, failing: -1, most: Infinity, names: [] as string[] }))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const counted =
    <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      world.calls += 1
      if (world.calls === world.failing) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
      return call(...args)
    }
  const writeSync = (descriptor: number, bytes: Uint8Array, from = 0) =>
    fs.writeSync(descriptor, bytes, from, Math.min(world.most, bytes.length - from))
  const openSync = (path: string | Buffer, ...more: [never]) => {
    if (typeof path === 'string' && path.endsWith('.tmp')) world.names.push(path)
    return fs.openSync(path, ...more)
  }
  return {
    ...fs,
    openSync: counted(openSync),
    writeSync: counted(writeSync),
    fsyncSync: counted(fs.fsyncSync),
    renameSync: counted(fs.renameSync),
    fchmodSync: counted(fs.fchmodSync),
    lstatSync: counted(fs.lstatSync as (...args: unknown[]) => unknown),
    realpathSync: Object.assign(counted(fs.realpathSync), { native: fs.realpathSync.native }),
  }
})

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-write-'))
})
afterEach(() => {
  Object.assign(world, { calls: 0, failing: -1, most: Infinity, names: [] })
  rmSync(root, { recursive: true })
})

const out = () => join(root, 'out.txt')
const ask = () =>
  run(['matrix', '-f', 'fixtures/clusters/demo', '-o', 'csv', '-q', '--no-config', '--output-file', out()])

describe.each([
  ['a new file', null],
  ['a file that is there', 'before'],
])('%s', (_, before) => {
  test('is whole, or as it was and exit 2, whichever call fails; nothing is left beside it', async () => {
    await ask()
    const [calls, whole] = [world.calls, readFileSync(out(), 'utf8')]
    expect(calls).toBeGreaterThan(5)
    for (let failing = 1; failing <= calls + 2; failing++) {
      if (before === null) rmSync(out(), { force: true })
      else writeFileSync(out(), before)
      Object.assign(world, { calls: 0, failing })
      const { code } = await ask()
      world.failing = -1
      const names = readdirSync(root)
      const text = names.length === 0 ? null : readFileSync(out(), 'utf8')
      expect([failing, code, text]).toEqual(code === 0 ? [failing, 0, whole] : [failing, 2, before])
      expect(names.filter((name) => name !== 'out.txt')).toEqual([])
    }
  })

  test('is whole where the disk takes little at a time', async () => {
    await ask()
    const whole = readFileSync(out(), 'utf8')
    world.most = 7
    expect((await ask()).code).toBe(0)
    expect(readFileSync(out(), 'utf8')).toBe(whole)
  })
})

test('nobody can guess the name of what is written beside it', async () => {
  for (let time = 0; time < 3; time++) await ask()
  const names = world.names.map((name) => /\.netpol-sim-([0-9a-f]{32})\.tmp$/.exec(name)?.[1])
  expect(new Set(names).size).toBe(3)
  expect(names).not.toContain(undefined)
})
