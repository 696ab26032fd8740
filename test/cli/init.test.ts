import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SHOP } from '../support/assertion-cluster.js'
import { run } from '../support/cli-io.js'

const here = process.cwd()
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  mkdirSync(join(folder, '.git'))
  mkdirSync(join(folder, 'k8s'))
  writeFileSync(join(folder, 'k8s/all.yaml'), SHOP)
  process.chdir(folder)
})

afterEach(() => {
  process.chdir(here)
  rmSync(folder, { recursive: true })
})

const TESTS = 'netpol-tests.yaml'
const LOCK = 'netpol.lock'
const SETTINGS = 'netpol-sim.yaml'
const read = (file: string) => readFileSync(file, 'utf8')

describe('init', () => {
  test('writes tests that hold, a lock file that matches, and the settings that both need', async () => {
    const { code, stdout } = await run(['init', 'k8s', '--host-network', 'ignore', '--pod-cidr', '10.0.0.0/8'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^wrote netpol-tests\.yaml \(\d+ tests?.*\)\nwrote netpol\.lock \(\d+ lines\)\nwrote netpol-sim\.yaml\nnext: netpol-sim test; netpol-sim matrix --check netpol\.lock\n$/,
    )
    expect(read(SETTINGS)).toBe(
      '# What netpol-sim reads, and how: flags win over it.\ninputs: [k8s]\npodCidr: ["10.0.0.0/8"]\nhostNetwork: ignore\n',
    )
    expect((await run(['test'])).code).toBe(0)
    expect((await run(['matrix', '--check', LOCK])).code).toBe(0)
  })

  test('overwrites nothing', async () => {
    for (const existing of [TESTS, LOCK]) {
      writeFileSync(existing, 'mine')
      const { code, stderr } = await run(['init', 'k8s'])
      expect(code).toBe(2)
      expect(stderr).toContain(`\`${existing}\` exists already`)
      expect(readdirSync('.').sort()).toEqual(['.git', 'k8s', existing].sort())
      expect(read(existing)).toBe('mine')
      rmSync(existing)
    }
  })

  test('--force replaces the tests and the lock file, and never the settings', async () => {
    for (const file of [TESTS, LOCK]) writeFileSync(file, 'old')
    writeFileSync(SETTINGS, '# ours\ninputs: [k8s]\n')
    expect((await run(['init', '--force'])).code).toBe(0)
    expect(read(TESTS)).toMatch(/^# yaml-language-server/)
    expect(read(LOCK)).toMatch(/^# netpol-sim lock v1\n/)
    expect(read(SETTINGS)).toBe('# ours\ninputs: [k8s]\n')
  })

  test('writes all files or none', async () => {
    writeFileSync(TESTS, 'old')
    mkdirSync(LOCK)
    const { code, stderr } = await run(['init', 'k8s', '--force'])
    expect(code).toBe(2)
    expect(stderr).toContain('nothing was written: `')
    expect(read(TESTS)).toBe('old')
    expect(existsSync(SETTINGS)).toBe(false)
    rmSync(TESTS)
    expect((await run(['init', 'k8s', '--force'])).code).toBe(2)
    expect(readdirSync('.').sort()).toEqual(['.git', 'k8s', LOCK])
  })

  test('puts back the very bytes that were there', async () => {
    const bytes = Buffer.from([0x6f, 0x6c, 0xff, 0xfe, 0x64])
    writeFileSync(TESTS, bytes)
    mkdirSync(LOCK)
    expect((await run(['init', 'k8s', '--force'])).code).toBe(2)
    expect(readFileSync(TESTS).equals(bytes)).toBe(true)
  })

  test('of standard input writes no settings, and names it for the next run', async () => {
    const { code, stdout } = await run(['init', '-f', '-'], { stdin: SHOP })
    expect(code).toBe(0)
    expect(stdout).toContain('next: netpol-sim test -f -; netpol-sim matrix --check netpol.lock -f -\n')
    expect(existsSync(SETTINGS)).toBe(false)
    expect((await run(['test', '-f', '-'], { stdin: SHOP })).code).toBe(0)
  })

  test('writes no settings that would lead out of the repository', async () => {
    expect((await run(['init', join(here, 'fixtures/clusters/demo')])).code).toBe(0)
    expect(existsSync(SETTINGS)).toBe(false)
  })

  test('has nothing to write of an input that cannot be read, or of one where everything is allowed', async () => {
    writeFileSync('k8s/all.yaml', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy')
    expect((await run(['init', 'k8s'])).code).toBe(2)
    writeFileSync('k8s/all.yaml', SHOP.replaceAll('kind: NetworkPolicy', 'kind: Other'))
    const { code, stderr } = await run(['init', 'k8s'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is nothing to assert')
    expect(readdirSync('.').sort()).toEqual(['.git', 'k8s'])
  })
})
