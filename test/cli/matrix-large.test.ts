import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { cidrsText } from '../../src/report/cidrs-text.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'
import { buildIfStale, netpolSim } from '../support/cli-process.js'

const DEMO = 'fixtures/clusters/demo'

/** 120 pods in three namespaces; nothing reaches `closed`, and `one` has a single pod. */
const LARGE = [
  ...['closed', 'one', 'open'].map((name) => namespace(name)),
  pod('one', 'p', { app: 'p' }, '10.0.0.1'),
  ...Array.from({ length: 60 }, (_, index) => pod('closed', `c${index}`, { app: 'c' }, `10.0.1.${index}`)),
  ...Array.from({ length: 60 }, (_, index) => pod('open', `o${index}`, { app: 'o' }, `10.0.2.${index}`)),
  policy('closed', 'deny', 'policyTypes: [Ingress]'),
].join('---\n')

describe('a matrix that is too large for a picture', () => {
  test('is a picture of its namespaces', async () => {
    const { code, stdout } = await run(['matrix', '-f', '-'], { stdin: LARGE })
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      '121 endpoints are too many for a picture; these are its namespaces. -o list has every pair, --from and --to narrow it',
      '',
      '               1 2 3 4',
      '   1 closed    . # # #',
      '   2 one       . \\ # #',
      '   3 open      . # # #',
      '   4 external  . # #',
      '',
    ])
    expect(stdout).toContain('# all ports of all pairs')
    expect(stdout.split('\n').length).toBeLessThan(20)
  })

  test('says a namespace is partly open where one pair of many is not', async () => {
    const { stdout } = await run(['matrix', '-f', '-'], {
      stdin: `${LARGE}---\n${policy('open', 'o', 'ingress: [{ports: [{port: 80}]}]')}`,
    })
    expect(stdout).toMatch(/^ +1 closed +\. # \+ #$/m)
  })

  test('is the whole list with -o list', async () => {
    const { stdout } = await run(['matrix', '-f', '-', '-o', 'list', '--to', 'one/p'], { stdin: LARGE })
    expect(stdout.trim().split('\n')).toHaveLength(121)
  })
})

test('one column or one row is a list', async () => {
  const { stdout } = await run(['matrix', DEMO, '--to', 'shop/orders-db'])
  expect(stdout).toMatch(/^monitoring\/prometheus -> shop\/orders-db {2}9187\/TCP\n/)
})

describe('--within keeps what concerns a namespace', () => {
  const listOf = async (...flags: readonly string[]) =>
    (await run(['matrix', DEMO, '-o', 'list', ...flags])).stdout.trim().split('\n')

  test('exactly the lines of the whole list that have an end in it', async () => {
    const all = await listOf()
    const inShop = all.filter((line) => line.split(' -> ').some((end) => end.startsWith('monitoring/')))
    expect(inShop.length).toBeGreaterThan(3)
    expect(inShop.length).toBeLessThan(all.length)
    expect(await listOf('--within', 'monitoring')).toEqual(inShop)
    expect(await listOf('--within', 'monit*')).toEqual(inShop)
  })

  test('leaves blank in the picture what was not asked', async () => {
    const { stdout } = await run(['matrix', DEMO, '--within', 'monitoring'])
    expect(stdout).toMatch(/^ +3 orders-report {11}#$/m)
  })

  test('a namespace without workloads is exit 2, with the one that was meant', async () => {
    const { code, stderr } = await run(['matrix', DEMO, '--within', 'monitorin'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/NP031.*`monitorin`[^]*did you mean `monitoring`/)
  })

  test('-n filters nothing, and says so', async () => {
    const { stdout, stderr } = await run(['matrix', DEMO, '-o', 'list', '-n', 'shop'])
    expect(stdout.trim().split('\n')).toEqual(await listOf())
    expect(stderr).toContain('--within shop keeps what concerns shop')
  })
})

test('check of many pairs without a port has a line for each, with the ports that are open', async () => {
  const { code, stdout } = await run(['check', '-f', DEMO, 'any', 'shop/orders-db'])
  expect(code).toBe(1)
  expect(stdout).toMatch(/^PARTIAL {2}3 of 7 pairs have open ports\n/)
  expect(stdout).toMatch(/^partial +monitoring\/prometheus +shop\/orders-db +9187\/TCP$/m)
  expect(stdout).toMatch(/^denied +shop\/cart +shop\/orders-db +none$/m)
})

describe('addresses as people say them', () => {
  test.each([
    [['10.0.0.0/8'], '10.0.0.0/8'],
    [['0.0.0.0/0', '::/0'], '0.0.0.0/0, ::/0'],
    [complement('10.0.0.0/8'), '0.0.0.0/0 except 10.0.0.0/8'],
    [[...complement('10.0.0.0/8'), '::/0'], '0.0.0.0/0 except 10.0.0.0/8; ::/0'],
    [['1.0.0.0/32', '3.0.0.0/32', '5.0.0.0/32', '7.0.0.0/32'], '1.0.0.0/32, 3.0.0.0/32, 5.0.0.0/32 and 1 more'],
  ])('%#', (cidrs, text) => {
    expect(cidrsText(cidrs)).toBe(text)
  })

  test('the internet is called that', async () => {
    const { stdout } = await run(['matrix', DEMO, '--from', 'internet', '--to', 'monitoring/prometheus', '-o', 'list'])
    expect(stdout).toBe('external (internet) -> monitoring/prometheus  all ports\n')
  })
})

/** The blocks of all IPv4 addresses outside a /8 whose first octet is a multiple of two. */
function complement(block: string): readonly string[] {
  const octet = Number(block.split('.')[0])
  return Array.from({ length: 8 }, (_, bit) => `${(octet ^ (1 << bit)) & (0xff << bit)}.0.0.0/${8 - bit}`)
}

describe('the built command line', () => {
  beforeAll(buildIfStale, 120_000)

  const many = () => {
    const pods = Array.from({ length: 1500 }, (_, index) => pod('open', `o${index}`, { app: 'o' }, null)).join('---\n')
    return { input: `${namespace('open')}---\n${pods}` }
  }

  test('pictures of very many open pairs are made of kinds of endpoints', () => {
    const { status, stdout } = netpolSim(['matrix', '-f', '-'], many())
    expect(stdout).toContain('1500 endpoints are too many for a picture; these are its namespaces')
    expect(stdout).toMatch(/^ {3}1 open\s+# /m)
    expect(status).toBe(0)
  }, 60_000)

  // Its parts are bundles, each with a class of its own for what passes a limit
  test('refuses a lock file of very many open pairs as a mistake of the user, not as a bug', () => {
    const file = join(tmpdir(), `netpol-sim-${process.pid}.lock`)
    const { status, stderr } = netpolSim(['matrix', '--update', file, '-f', '-'], many())
    expect(stderr).toContain('error[NP030]: the whole matrix has more than 1500000 open pairs')
    expect(status).toBe(2)
    expect(existsSync(file)).toBe(false)
  }, 60_000)
})
