import { describe, expect, test } from 'vitest'
import { SHOP, app } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { evaluate, only, testsOf, told } from '../support/assertions.js'

const GOOD = 'allow shop/api -> shop/db:5432'

const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')

/** What would match nothing, as a test, and what is said of it. */
const ROWS: readonly (readonly [string, string, RegExp])[] = [
  ['a peer', 'deny shop/wbe -> shop/db', /`shop\/wbe` matches nothing/],
  ['a peer of a namespace that was renamed', 'deny prod/any -> shop/db', /`prod\/any` matches nothing/],
  ['a glob', 'deny team-*/any -> shop/db', /`team-\*\/any` matches nothing/],
  ['labels that no pod has', 'deny shop/app=wbe -> shop/db', /no pod matches `shop\/app=wbe`/],
  ['a group that is not there', 'deny group:nobody -> shop/db', /there is no group `nobody`/],
  ['a member of a group that is used', 'deny group:gone -> shop/db', /`shop\/gone` matches nothing/],
  ['one peer of a list', named('from: [shop/web, shop/gone]', 'to: shop/db', 'expect: deny'), /`shop\/gone` matches/],
  [
    'a wildcard of pods on the network of their host',
    'deny monitoring/agen* -> shop/db',
    /only pods on the network of their host/,
  ],
  ['a pod and itself', 'deny shop/db -> shop/db', /pairs nothing/],
  ['addresses at both ends', 'deny internet -> 10.0.0.0/8', /pairs nothing/],
  [
    'an entry',
    named('to: shop/db', 'ports: [5432]', 'allowOnlyFrom: [shop/api, shop/gone]'),
    /`shop\/gone` matches nothing/,
  ],
  [
    'an entry that is the only pod of the subject',
    named('to: shop/db', 'ports: [5432]', 'allowOnlyFrom: [shop/api, shop/db]'),
    /the entry has no pair/,
  ],
  [
    'an entry outside where the subject is outside',
    named('from: internet', 'allowOnlyTo: [{to: 10.0.0.0/8, mayBeClosed: true}]'),
    /the entry has no pair/,
  ],
  [
    'a peer of an exception',
    named('from: tenant-*/any', 'to: tenant-*/any', 'except: {from: tenant-ops/any}', 'expect: deny'),
    /`tenant-ops\/any` matches nothing/,
  ],
  [
    'an exception that leaves out no pair',
    named('from: tenant-a/any', 'to: tenant-b/any', 'except: same-namespace', 'expect: deny'),
    /the exception leaves out no pair/,
  ],
  [
    'one of two exceptions',
    named('from: tenant-*/any', 'to: tenant-*/any', 'except: [same-namespace, {from: shop/web}]', 'expect: deny'),
    /the exception leaves out no pair/,
  ],
  [
    'exceptions that leave out all',
    named('from: tenant-a/any', 'to: shop/db', 'except: {from: tenant-a/app}', 'expect: deny'),
    /`except` leaves no pair/,
  ],
  ['`ports: []`', named('from: shop/web', 'to: shop/db', 'ports: []', 'expect: deny'), /`ports` is empty/],
  ['`ports: []` of an entry', named('to: shop/db', 'allowOnlyFrom: [{from: shop/api, ports: []}]'), /`ports` is empty/],
  ['an empty list of peers', named('from: []', 'to: shop/db', 'expect: deny'), /`from` is empty/],
  [
    'an empty list of exceptions',
    named('from: shop/web', 'to: shop/db', 'except: []', 'expect: deny'),
    /`except` is empty/,
  ],
  [
    'a port name that one target lacks',
    'deny shop/web -> shop/any:http',
    /`shop\/Deployment\/db` declares no port named `http`/,
  ],
  ['a port name outside', 'deny shop/web -> internet:http', /means nothing outside a pod/],
  ['`allow` without ports and a target that declares none', 'allow shop/web -> shop/mute', /declares no ports/],
  ['`allow` without ports towards addresses', 'allow shop/web -> internet', /declares no ports/],
  [
    'an entry without ports whose target declares none',
    named('from: shop/web', 'allowOnlyTo: [shop/mute]'),
    /`shop\/Deployment\/mute` declares no ports/,
  ],
  ['a key that does not exist', named('from: shop/web', 'to: shop/db', 'expcet: deny'), /`expcet` is not a key/],
  ['a test in no form', named('from: shop/web', 'to: shop/db'), /lacks `expect`/],
  ['a port that is none', 'deny shop/web -> shop/db:70000', /not a port/],
  [
    'certainty that no pair has',
    named('from: shop/web', 'to: shop/db', 'expect: deny', 'certainty: undefined'),
    /no pair of this test is undefined/,
  ],
]

const GROUPS = '\ngroups: {gone: [shop/web, shop/gone]}\n'

describe('nothing passes by matching nothing', () => {
  test.each(ROWS)('%s', (_, row, message) => {
    const { tests, summary } = evaluate(SHOP, `${testsOf(row, GOOD)}${GROUPS}`)
    const [first, second] = tests
    expect(first?.status).not.toBe('passed')
    expect((first?.diagnostics ?? []).map((one) => one.message).join()).toMatch(message)
    expect(first?.line, 'it has a place').toBe(3)
    expect(second?.status, 'the other tests still run').toBe('passed')
    expect(summary.passed).toBe(1)
  })

  test('a closed namespace, with the namespace that was meant', () => {
    const [first] = evaluate(SHOP, 'version: 1\nclosed: {namespaces: [tenant-a, shoop]}').tests
    expect(first).toMatchObject({ name: 'closed', status: 'error' })
    expect(first?.diagnostics?.[0]).toMatchObject({
      message: 'no workload lies in the namespace `shoop`',
      help: 'did you mean `shop`?',
    })
  })

  test.each([
    ['an empty file', ''],
    ['a file without tests', 'version: 1'],
    ['a file with an empty list of tests', 'version: 1\ntests: []'],
    ['a file that is a list', '- allow a -> b'],
    ['a file that is no YAML', 'version: 1\ntests: [a'],
    ['two documents', 'version: 1\ntests: []\n---\nversion: 1\n'],
    ['a file of a later version', 'version: 2\ntests: [allow shop/api -> shop/db:5432]'],
    ['a file without a version', 'tests: [allow shop/api -> shop/db:5432]'],
    ['a manifest', 'apiVersion: v1\nkind: Pod\nversion: 1'],
    ['inputs that are empty', 'version: 1\ninputs: []\ntests: [allow shop/api -> shop/db:5432]'],
  ])('%s', (_, text) => {
    const { tests, summary } = evaluate(SHOP, text)
    expect(summary.errors).toBeGreaterThan(0)
    expect(tests[0]).toMatchObject({ kind: 'file', status: 'error', file: 'netpol-tests.yaml' })
    expect(summary.passed).toBe(0)
  })

  test.each([
    ['`closed` without namespaces', 'namespaces: []', /`namespaces` is empty/],
    ['`closed` without directions', 'namespaces: [shop], directions: []', /`directions` is empty/],
    [
      '`closed` of a glob that fits no namespace',
      'namespaces: [team-*]',
      /no workload lies in the namespace `team-\*`/,
    ],
  ])('%s', (_, closed, message) => {
    const { tests } = evaluate(SHOP, `${testsOf(GOOD)}\nclosed: {${closed}}`)
    expect(tests.map(({ name, status }) => [name, status])).toEqual([
      [GOOD, 'passed'],
      ['closed', 'error'],
    ])
    expect(tests[1]?.diagnostics?.[0]?.message).toMatch(message)
  })

  test('a group without members, whether it is used or not', () => {
    const { tests } = evaluate(SHOP, `${testsOf(GOOD)}\ngroups: {nobody: []}`)
    expect(tests.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['file error', 'expect passed'])
  })

  test('a key of the file that does not exist, though its tests are evaluated', () => {
    const { tests } = evaluate(SHOP, `${testsOf(GOOD)}\ncolsed: {namespaces: [shop]}`)
    expect(tests.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['file error', 'expect passed'])
    expect(tests[0]?.diagnostics?.[0]).toMatchObject({ help: 'did you mean `closed`?', line: 4, column: 1 })
  })

  test('inputs without workloads', () => {
    const { tests } = evaluate(namespace('shop'), testsOf('deny internet -> any'))
    expect(tests.map(({ status }) => status)).toEqual(['error'])
  })

  test('inputs that cannot be evaluated', () => {
    const { tests } = evaluate(`${SHOP}---\nkind: NetworkPolicy\n`, testsOf(GOOD))
    expect(tests.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['file error'])
  })

  test('the same one-line test twice, and two tests with one name', () => {
    const twice = named('from: shop/web', 'to: shop/db', 'expect: deny')
    const { tests } = evaluate(SHOP, testsOf(GOOD, twice, GOOD.replace(' ->', '   ->'), twice))
    expect(tests.map(({ status }) => status)).toEqual(['passed', 'passed', 'error', 'error'])
    expect(tests.flatMap(told).filter((line) => line.startsWith('NP'))).toEqual([
      'NP036 the same test as in line 3',
      'NP036 another test has the name `it`',
    ])
  })

  test('a port number that no target declares although they declare others is a warning, and an error under --strict', () => {
    const result = evaluate(SHOP, testsOf('deny shop/web -> shop/db:5433'))
    expect(only(result)).toEqual(['passed'])
    expect(result.diagnostics.map(({ code, help }) => `${code} ${help ?? ''}`)).toContain('NP141 declared are 5432/TCP')
    const strict = evaluate(
      [
        namespace('shop'),
        app({ namespace: 'shop', name: 'a', ports: [{ containerPort: 1 }] }),
        app({ namespace: 'shop', name: 'b' }),
      ].join('---\n'),
      testsOf('allow shop/b -> shop/a:2'),
      { strict: true },
    )
    expect(only(strict)).toEqual(['error', 'NP141 no destination of this test declares the port `2`'])
  })
})
