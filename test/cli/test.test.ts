import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestResult } from '../../src/report/test/test-result.js'
import { SHOP } from '../support/assertion-cluster.js'
import { testsOf } from '../support/assertions.js'
import { run } from '../support/cli-io.js'

const before = process.cwd()
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  mkdirSync(join(folder, '.git'))
  process.chdir(folder)
  write('k8s/shop.yaml', SHOP)
})

afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const GOOD = `${testsOf('allow shop/api -> shop/db:5432')}\ninputs: [k8s]\n`
const BAD = `${testsOf('allow shop/web -> shop/db:5432')}\ninputs: [k8s]\n`
const ERROR = `${testsOf('allow shop/gone -> shop/db:5432')}\ninputs: [k8s]\n`

const json = async (...argv: readonly string[]): Promise<TestResult & { readonly code: number }> => {
  const { stdout, code } = await run(['test', ...argv, '-o', 'json'])
  return { ...(JSON.parse(stdout) as TestResult), code }
}

const filesIn = ({ tests }: TestResult) => [...new Set(tests.map(({ file }) => file))]

describe('exit codes', () => {
  test.each([
    ['all hold', [GOOD], 0],
    ['one fails', [GOOD, BAD], 1],
    ['an error beats a failure', [BAD, ERROR, GOOD], 2],
    ['a file that cannot be read', [GOOD, 'version: 2'], 2],
    [
      'a known gap that stands',
      [`${testsOf('name: a\nfrom: shop/api\nto: shop/db\nexpect: deny\nknownGap: x')}\ninputs: [k8s]`],
      0,
    ],
  ])('%s', async (_, files, code) => {
    for (const [index, text] of files.entries()) write(`${index}.netpol-test.yaml`, text)
    expect((await run(['test'])).code).toBe(code)
    expect((await json()).code).toBe(code)
  })

  test('no file is an error that every format shows', async () => {
    const { code, stdout } = await run(['test'])
    expect([code, stdout]).toEqual([2, expect.stringContaining('there is no assertion file in `.`')])
    expect((await json()).summary.errors).toBe(1)
    expect((await run(['test', 'nowhere.yaml'])).code).toBe(2)
  })
})

describe('which files', () => {
  test('all below the current folder that have such a name, hidden and foreign ones aside', async () => {
    for (const path of [
      'netpol-tests.yaml',
      'a/netpol-tests.yaml',
      'b/db.netpol-test.yaml',
      'b/other.yaml',
      'node_modules/x/netpol-tests.yaml',
    ])
      write(path, GOOD.replace('[k8s]', `[${'../'.repeat(path.split('/').length - 1)}k8s]`))
    expect(filesIn(await json())).toEqual(['a/netpol-tests.yaml', 'b/db.netpol-test.yaml', 'netpol-tests.yaml'])
    expect(filesIn(await json('b'))).toEqual(['b/db.netpol-test.yaml'])
    expect(filesIn(await json('b/other.yaml', 'netpol-tests.yaml'))).toEqual(['b/other.yaml', 'netpol-tests.yaml'])
    write('netpol-sim.yaml', 'tests: [b]')
    expect(filesIn(await json())).toEqual(['b/db.netpol-test.yaml'])
  })
})

describe('settings', () => {
  const TESTS = testsOf('allow api -> db:5432')

  test('come from the netpol-sim.yaml nearest to the file, wherever the command runs', async () => {
    write('team/netpol-sim.yaml', 'namespace: shop\ninputs: [../k8s]')
    write('team/tests/netpol-tests.yaml', TESTS)
    write('netpol-sim.yaml', 'namespace: other\ninputs: [nowhere]')
    expect(await json('team')).toMatchObject({ code: 0, settings: [{ file: 'team/netpol-sim.yaml' }] })
    process.chdir(join(folder, 'team/tests'))
    expect(await json()).toMatchObject({ code: 0, settings: [{ file: '../netpol-sim.yaml' }] })
  })

  test('give way to the inputs of the file, to flags, and to --config', async () => {
    write('netpol-sim.yaml', 'namespace: shop\ninputs: [nowhere]')
    write('netpol-tests.yaml', `${TESTS}\ninputs: [k8s]`)
    expect((await json()).code).toBe(0)
    expect((await json('-f', 'nowhere')).code).toBe(2)
    expect((await json('-n', 'default')).code).toBe(2)
    expect((await json('--no-config')).code).toBe(2)
    write('other.yaml', 'namespace: default')
    expect((await json('--config', 'other.yaml')).code).toBe(2)
    write('netpol-tests.yaml', TESTS)
    expect((await json('-f', 'k8s')).code).toBe(0)
  })

  test('without any, the folder of the file is read', async () => {
    write('k8s/netpol-tests.yaml', testsOf('allow shop/api -> shop/db:5432'))
    expect((await json()).code).toBe(0)
  })

  test('strict of the settings counts', async () => {
    write('netpol-sim.yaml', 'strict: true')
    write('netpol-tests.yaml', `${testsOf('deny shop/web -> shop/db:5433')}\ninputs: [k8s]`)
    expect((await json()).tests[0]?.status).toBe('error')
  })

  test('inputs of a file that was only found stay within the repository', async () => {
    write('netpol-tests.yaml', GOOD.replace('[k8s]', '[/etc]'))
    const { tests } = await json()
    expect(tests[0]?.diagnostics?.[0]?.message).toBe('`/etc` lies outside of the repository')
  })
})

describe('text', () => {
  test('a failure teaches: name, place, why, the pair, rules with places, and what would have to be true', async () => {
    write(
      'netpol-tests.yaml',
      `version: 1\ninputs: [k8s]\ntests:\n  - name: nobody reaches the database\n    why: it holds tokens\n    from: shop/any\n    to: shop/db\n    expect: deny\n`,
    )
    const { stdout, code, stderr } = await run(['test'])
    expect(code).toBe(1)
    expect(stderr).toBe('loaded 3 policies, 8 workloads, 4 namespaces from 1 file\n')
    expect(stdout).toBe(`FAIL  netpol-tests.yaml  1 test, 1 failed
  FAIL  nobody reaches the database

FAIL  netpol-tests.yaml:4:5  nobody reaches the database
  why: it holds tokens
  1 of 3 pairs disagrees

  open  shop/api -> shop/db  5432/TCP
    egress   allowed  shop/api is not isolated for egress
    ingress  allowed  shop/db is isolated by a policy, and a rule matches
             shop/db  k8s/shop.yaml:36:61  spec.ingress[0]  from[0]  ports[0]
    5432/TCP is open and must be closed; to close it, isolate shop/Deployment/api for egress, or narrow spec.ingress[0] of shop/db at k8s/shop.yaml:36:61

 Test Files  1 failed (1)
      Tests  1 failed (1)
      Pairs  3
`)
  })

  test('what is open and in no list is printed ready to paste', async () => {
    write(
      'netpol-tests.yaml',
      `version: 1\ninputs: [k8s]\ntests:\n  - name: nobody\n    to: shop/db\n    allowOnlyFrom: []\nclosed: {namespaces: [shop], directions: [ingress], external: false}\n`,
    )
    const { stdout } = await run(['test'])
    expect(stdout).toContain(
      '  to allow what is open, add to `allowOnlyFrom`:\n    - { from: shop/Deployment/api, ports: [5432] }\n',
    )
    expect(stdout).toMatch(
      / {2}to allow what is open, add to `tests`:\n(?: {4}.*\n)* {4}- allow shop\/Deployment\/api -> /,
    )
  })

  test('-q names what is wrong, -v names what passes', async () => {
    write(
      'netpol-tests.yaml',
      `${testsOf('allow shop/api -> shop/db:5432', 'allow shop/web -> shop/db:5432')}\ninputs: [k8s]\n`,
    )
    const quiet = await run(['test', '-q'])
    expect([quiet.stderr, quiet.stdout.split('\n')[0]]).toEqual([
      '',
      'FAIL  netpol-tests.yaml:4:5  allow shop/web -> shop/db:5432',
    ])
    expect((await run(['test', '-v'])).stdout).toContain('  pass  allow shop/api -> shop/db:5432\n')
  })
})

describe('one run', () => {
  test('writes several formats, and never over what it reads', async () => {
    write('netpol-tests.yaml', GOOD)
    const { code, stdout } = await run(['test', '-o', 'text', '-o', 'json=result.json'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 passed')])
    expect((await run(['test', '-o', 'json=netpol-tests.yaml'])).code).toBe(2)
    expect((await run(['test', '-o', 'json=k8s/shop.yaml'])).code).toBe(2)
    expect((await json()).code).toBe(0)
  })

  test('loads equal inputs once', async () => {
    write('a.netpol-test.yaml', GOOD)
    write('b.netpol-test.yaml', GOOD)
    expect((await run(['test'])).stderr.match(/loaded/g)).toHaveLength(1)
  })

  test('takes manifests from standard input', async () => {
    write('netpol-tests.yaml', testsOf('allow shop/api -> shop/db:5432'))
    expect((await run(['test', '-f', '-'], { stdin: SHOP })).code).toBe(0)
  })
})
