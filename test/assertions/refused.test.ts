import { describe, expect, test } from 'vitest'
import { SHOP } from '../support/assertion-cluster.js'
import { evaluate, only, testsOf } from '../support/assertions.js'

const GOOD = 'allow shop/api -> shop/db:5432'
const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')
const pair = (...lines: readonly string[]) => named('from: shop/api', 'to: shop/db', ...lines)

/** What is written in a way that has no meaning, what is said of it, and what to write instead. */
const REFUSED: readonly (readonly [string, string, RegExp, RegExp])[] = [
  ['a key that does not exist', pair('expcet: deny'), /`expcet` is not a key of a test/, /did you mean `expect`\?/],
  [
    'a key of an entry at the test',
    pair('expect: deny', 'mayBeClosed: true'),
    /`mayBeClosed` is not a key/,
    /keys are/,
  ],
  ['a test without a name', 'from: shop/api\nto: shop/db\nexpect: deny', /a test without a name/, /write `name: …`/],
  [
    'two forms in one',
    named('to: shop/db', 'expect: deny', 'allowOnlyFrom: []'),
    /`expect` does not go with `allowOnlyFrom`/,
    /./,
  ],
  [
    'a known gap of a whole list',
    named('to: shop/db', 'allowOnlyFrom: [shop/api]', 'knownGap: SEC-1'),
    /`knownGap` does not go with `allowOnlyFrom`/,
    /on the entry/,
  ],
  ['a known gap without a text', pair('expect: deny', "knownGap: ''"), /`knownGap` must be text/, /^$|./],
  [
    'a peer in `except`',
    pair('expect: deny', 'except: shop/api'),
    /does not say which end it is/,
    /\{from: shop\/api\} or/,
  ],
  [
    'who denies what is allowed',
    pair('ports: [5432]', 'expect: allow', 'deniedBy: both'),
    /`deniedBy` asks about a denial/,
    /^$|./,
  ],
  [
    'ports at both places',
    named('from: shop/api', 'to: shop/db:5432', 'ports: [5432]', 'expect: allow'),
    /`ports` beside a destination/,
    /leave one out/,
  ],
  [
    '`same-namespace` at both ends',
    named('from: same-namespace/api', 'to: same-namespace/db', 'expect: deny'),
    /stands at both ends/,
    /at one of them/,
  ],
  ['exclusion as others write it', 'deny shop/api -> !shop/db', /`!shop\/db` is not a peer/, /a peer is/],
  ['two peers on a line', 'deny shop/api, shop/web -> shop/db', /is not a peer/, /a peer is/],
]

describe('what has no meaning is exit 2 at its place, with what to write instead', () => {
  test.each(REFUSED)('%s', (_, written, message, help) => {
    const { tests } = evaluate(SHOP, testsOf(written, GOOD))
    expect(tests.map(({ status }) => status)).toEqual(['error', 'passed'])
    const [problem] = tests[0]?.diagnostics ?? []
    expect(problem?.message).toMatch(message)
    expect(problem?.help ?? '').toMatch(help)
    expect(problem?.line).toBeGreaterThan(2)
  })
})

test('an assertion file is YAML 1.2: `on` and `y` are text', () => {
  const groups = 'groups: {on: shop/api, y: [shop/db]}'
  const { tests } = evaluate(
    SHOP,
    `${testsOf('name: on\nfrom: group:on\nto: group:y:5432\nexpect: allow', 'deny group:y -> group:on:9')}\n${groups}`,
  )
  expect(tests.map(({ name, status }) => [name, status])).toEqual([
    ['on', 'passed'],
    ['deny group:y -> group:on:9', 'failed'],
  ])
})

test('an entry without ports permits all that is open, and must be open on the declared ports', () => {
  const list = (entries: string) => only(evaluate(SHOP, testsOf(named('to: shop/db', `allowOnlyFrom: [${entries}]`))))
  expect(list('shop/api')).toEqual(['passed'])
  expect(list('shop/api, shop/web')).toEqual(['failed', 'closed shop/Deployment/web shop/Deployment/db 5432/TCP'])
})

test('a mistake in one group keeps only those tests from being answered that need it', () => {
  const tests = testsOf(
    'allow group:apps -> shop/db:5432',
    'deny group:nested -> shop/db:1',
    'deny shop/web -> shop/db',
  )
  for (const bad of ['nested: [group:apps]', 'nested: []', 'nested: {a: b}']) {
    const result = evaluate(SHOP, `${tests}\ngroups: {apps: [shop/api], ${bad}, other: [shop/web]}\n`)
    expect(result.tests.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'file error',
      'expect passed',
      'expect error',
      'expect passed',
    ])
    expect(result.tests[2]?.diagnostics?.[0]?.message).toBe('the group `nested` has a mistake')
  }
})
