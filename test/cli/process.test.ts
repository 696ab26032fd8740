import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { BIN, bash, buildIfStale, netpolSim } from '../support/cli-process.js'

beforeAll(buildIfStale, 120_000)

const PRODUCTION = 'check -f fixtures/clusters/production -n production'
const YES = `${PRODUCTION} frontend backend:8080`.split(' ')
const NO = `${PRODUCTION} batch backend:8080`.split(' ')

/** So many pods that the answer about all of them is longer than any pipe. */
const MANY_PODS = [namespace('a'), ...Array.from({ length: 30 }, (_, index) => pod('a', `p${index}`, {}, null))].join(
  '---\n',
)
const DENY = policy('a', 'deny', 'policyTypes: [Ingress]')

describe('the process', () => {
  test.each([
    [0, YES],
    [1, NO],
    [2, [...YES, '--frob']],
    [2, `${PRODUCTION} nobody backend`.split(' ')],
    [0, ['--version']],
  ])('ends with %d for %j', (status, argv) => {
    expect(netpolSim(argv).status).toBe(status)
  })

  test('prints its version, which is that of the package', () => {
    expect(netpolSim(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
  })

  test('an older Node is told what is needed, and that is not "denied"', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-older-'))
    const older = join(folder, 'older.cjs')
    const versions = "{ value: { ...process.versions, node: '18.20.4' } }"
    writeFileSync(older, `Object.defineProperty(process, 'versions', ${versions})`)
    const { status, stderr } = spawnSync(process.execPath, ['-r', older, BIN, '--version'], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stderr]).toEqual([2, 'netpol-sim needs Node 20 or later, and this is Node 18.20.4\n'])
  })

  test('A6: a pipe that nobody asked to read is told of', () => {
    const empty = mkdtempSync(join(tmpdir(), 'netpol-sim-pipe-'))
    try {
      const { stderr } = bash(`cd '${empty}'; echo | bin matrix`)
      expect(stderr).toContain('standard input is a pipe, and is only read with `-f -`')
      expect(bash(`cd '${empty}'; bin matrix < /dev/null`).stderr).not.toContain('standard input is a pipe')
    } finally {
      rmSync(empty, { recursive: true })
    }
  })

  test('demo shows an allowed and a denied flow and the commands that gave them', () => {
    const { status, stdout, stderr } = netpolSim(['demo'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.match(/^\$ netpol-sim check -f .*$|^ALLOWED|^DENIED/gm)).toEqual([
      expect.stringMatching(/^\$ .* shop\/checkout shop\/orders-db:5432$/),
      'ALLOWED',
      expect.stringMatching(/^\$ .* shop\/storefront shop\/orders-db:5432$/),
      'DENIED',
    ])
  })

  test('draws no boxes and no colours into a pipe', () => {
    // eslint-disable-next-line no-control-regex -- colours begin with one
    expect(netpolSim([...`${PRODUCTION} any any`.split(' ')]).stdout).not.toMatch(/[\u2500-\u259f\u001b]/)
  })
})

test('a package that was not built has no answers, whatever the question', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  cpSync(BIN, join(folder, 'bin/netpol-sim.cjs'))
  const { stdout, stderr } = bash(`"${process.execPath}" "${folder}/bin/netpol-sim.cjs" ${NO.join(' ')}`)
  rmSync(folder, { recursive: true })
  expect([stdout, stderr]).toEqual(['codes 2\n', expect.stringMatching(/is not built/)])
})

describe('output', () => {
  test('arrives whole through a pipe, however long it is', () => {
    const { status, stdout } = netpolSim(['check', '-f', '-', 'any', 'any:80', '-o', 'json'], { input: MANY_PODS })
    expect(status).toBe(0)
    expect(stdout.length).toBeGreaterThan(5 * 65536)
    expect((JSON.parse(stdout) as CheckResult).flows).toHaveLength(30 * 29)
  })

  test('arrives whole at a reader that is slow', () => {
    const { stdout } = bash(`bin check -f - any any:80 -o json | (sleep 0.5; wc -c)`, MANY_PODS)
    expect(Number(/\d+/.exec(stdout)?.[0])).toBeGreaterThan(5 * 65536)
  })

  test.each([
    [0, MANY_PODS],
    [1, `${MANY_PODS}---\n${DENY}`],
  ])('that nobody reads to its end is no error: the exit code is still %d', (code, manifests) => {
    const { stdout, stderr } = bash('bin check -q -f - any any:80 -o json | head -1', manifests)
    expect({ stdout, stderr }).toEqual({ stdout: `{\ncodes ${code} 0\n`, stderr: '' })
  })

  test.skipIf(!existsSync('/dev/full'))('that cannot be written is 2, never a verdict', () => {
    for (const argv of [YES, NO]) {
      const { stdout, stderr } = bash(`bin ${argv.join(' ')} -q > /dev/full`)
      expect({ stdout, stderr }).toEqual({
        stdout: 'codes 2\n',
        stderr: expect.stringMatching(/^error: the output could not be written: ENOSPC.*\n$/) as string,
      })
    }
  })

  test.skipIf(!existsSync('/dev/full'))('on stderr that cannot be written is 2 as well', () => {
    expect(bash(`bin ${YES.join(' ')} 2> /dev/full`).stdout).toMatch(/\ncodes 2\n$/)
  })
})

describe('standard input', () => {
  test('may be slow', () => {
    const { stdout } = bash('(sleep 0.3; cat) | bin check -q -f - a/p1 a/p2:80', MANY_PODS)
    expect(stdout).toBe('ALLOWED  a/p1 -> a/p2  80/TCP\ncodes 0 0\n')
  })

  test('may come in pieces', () => {
    const line = '(head -c 500; sleep 0.3; cat) < fixtures/clusters/production/production.yaml'
    const { stdout } = bash(`${line} | bin check -q -f - production/frontend production/backend:8081`)
    expect(stdout).toBe('DENIED  production/frontend -> production/backend  8081/TCP\ncodes 0 1\n')
  })

  test('that is closed has no manifests in it', () => {
    expect(bash('bin check -q -f - a/p1 a/p2:80 <&-').stdout).toBe('codes 2\n')
  })
})

test('a current folder that was deleted is 2', () => {
  for (const argv of ['check a b', 'matrix -o json', 'check -f k8s a b']) {
    const { stdout, stderr } = bash(`cd "$(mktemp -d)" && rmdir "$PWD" && bin ${argv}`)
    expect([argv, stdout]).toEqual([argv, expect.stringMatching(/codes 2\n$/)])
    expect(stderr).toBe('error: the current folder does not exist any more\n')
  }
})

describe('what nobody foresaw', () => {
  test('ends with 3', () => {
    const preload = 'Array.prototype.toSorted = () => { throw new Error("oh no") }'
    const { status, stderr } = netpolSim([...NO, '-q'], { preload })
    expect(status).toBe(3)
    expect(stderr).toMatch(/^netpol-sim has a bug: oh no\nplease report it: .*\n$/)
    expect(netpolSim([...YES, '-q', '--debug'], { preload }).stderr).toMatch(/\n +at /)
  })

  test.each([
    ['after the answer', 'process.on("beforeExit", () => { throw new Error("oh no") })'],
    ['in a promise of nobody', 'setTimeout(() => void Promise.reject(new Error("oh no")), 0)'],
  ])('%s does not change the code of the answer', (_, preload) => {
    expect(netpolSim([...NO, '-q'], { preload })).toMatchObject({ status: 1, stderr: '' })
    expect(netpolSim([...YES, '-q'], { preload })).toMatchObject({ status: 0, stderr: '' })
  })
})
