import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import type * as Fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readInputs } from '../../src/load/files/read.js'
import { readPart } from '../../src/load/files/read-file.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

/** What happens at which call to the disk; the calls are counted. */
const world = vi.hoisted(() => ({
  calls: 0,
  failing: -1,
  fault: (call: () => unknown): unknown => call(),
  onRead: (): void => undefined,
}))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const counted =
    <Args extends unknown[], Result>(call: (...args: Args) => Result, isRead = false) =>
    (...args: Args): Result => {
      if (isRead) world.onRead()
      world.calls += 1
      const action = () => call(...args)
      return world.calls === world.failing ? (world.fault(action) as Result) : action()
    }
  const realpathSync = Object.assign(counted(fs.realpathSync), { native: counted(fs.realpathSync.native) })
  return {
    ...fs,
    realpathSync,
    openSync: counted(fs.openSync),
    readSync: counted(fs.readSync as (...args: unknown[]) => number, true),
    fstatSync: counted(fs.fstatSync),
    statSync: counted(fs.statSync),
    lstatSync: counted(fs.lstatSync),
    readdirSync: counted(fs.readdirSync as (...args: unknown[]) => unknown),
    existsSync: fs.existsSync,
  }
})

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-faults-'))
  mkdirSync(join(root, 'k8s/node_modules'), { recursive: true })
  writeFileSync(
    join(root, 'k8s/a.yaml'),
    [namespace('a'), pod('a', 'x', {}, null), pod('a', 'z', {}, null)].join('---\n'),
  )
  writeFileSync(join(root, 'k8s/deny.yaml'), policy('a', 'deny', 'policyTypes: [Ingress]'))
  writeFileSync(join(root, 'k8s/node_modules/b.yaml'), 'a: 1\n')
  symlinkSync('a.yaml', join(root, 'k8s/link.yaml'))
})
afterEach(() => {
  Object.assign(world, { calls: 0, failing: -1, onRead: () => undefined })
  rmSync(root, { recursive: true })
})

const ask = () => run(['check', '-f', join(root, 'k8s'), 'a/x', 'a/z:80'])

describe('a disk that fails at its k-th call, for every k, never makes another answer of it', () => {
  test.each<readonly [string, (call: () => unknown) => unknown]>([
    [
      'with an error',
      () => {
        throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      },
    ],
    [
      'with one that has no code',
      () => {
        throw new Error('oh no')
      },
    ],
    ['by reading nothing where there is something', (call) => (typeof call() === 'number' ? 0 : call())],
  ])('%s', async (_, fault) => {
    const whole = await ask()
    expect([whole.code, whole.stdout]).toEqual([1, expect.stringContaining('a/deny')])
    const calls = world.calls
    expect(calls).toBeGreaterThan(20)
    for (let failing = 1; failing <= calls; failing++) {
      Object.assign(world, { calls: 0, failing, fault })
      const { code, stdout } = await ask()
      if (code !== 2) expect([failing, code, stdout]).toEqual([failing, 1, whole.stdout])
    }
  })
})

describe('a file that changes while it is read is an error', () => {
  const problems = () => readInputs([join(root, 'k8s/deny.yaml')], {}).problems

  test.each<readonly [string, () => void]>([
    [
      'it grows',
      () => {
        appendFileSync(join(root, 'k8s/deny.yaml'), '# more\n')
      },
    ],
    [
      'it shrinks',
      () => {
        truncateSync(join(root, 'k8s/deny.yaml'), 10)
      },
    ],
    [
      'it is written again, as long as before',
      () => {
        writeFileSync(join(root, 'k8s/deny.yaml'), policy('a', 'deny', 'policyTypes: [Egress ]'))
      },
    ],
  ])('%s', async (_, change) => {
    // The clock of a disk ticks every few milliseconds
    await new Promise((resolve) => setTimeout(resolve, 30))
    let changed = false
    world.onRead = () => {
      if (!changed) change()
      changed = true
    }
    expect(problems()).toMatchObject([{ code: 'NP001', message: 'cannot be read: it changed while it was read' }])
  })

  test.each<readonly [string, (file: string) => void]>([
    [
      'it grows',
      (file) => {
        appendFileSync(file, 'x')
      },
    ],
    [
      'it shrinks',
      (file) => {
        truncateSync(file, 10)
      },
    ],
    [
      'another file takes its place',
      (file) => {
        rmSync(file)
        writeFileSync(`${file}.new`, policy('a', 'deny', 'ingress: []'))
        renameSync(`${file}.new`, file)
      },
    ],
    [
      'a link takes its place',
      (file) => {
        rmSync(file)
        symlinkSync('a.yaml', file)
      },
    ],
    [
      'it is gone',
      (file) => {
        rmSync(file)
      },
    ],
  ])('also between the pieces of a large one: %s', (_, change) => {
    const file = join(root, 'k8s/deny.yaml')
    const stats = statSync(file)
    const path = Buffer.from(file)
    expect(readPart(path, stats, 3, 8)).toHaveLength(5)
    change(file)
    expect(() => readPart(path, stats, 3, 8)).toThrow()
  })

  test('and it stops at the limit, however fast it grows', () => {
    world.onRead = () => {
      appendFileSync(join(root, 'k8s/deny.yaml'), 'x'.repeat(1000))
    }
    expect(problems()).toHaveLength(1)
    expect(world.calls).toBeLessThan(20)
  })
})
