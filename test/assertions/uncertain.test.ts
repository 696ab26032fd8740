import { describe, expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { evaluate, only, testsOf, told } from '../support/assertions.js'
import { namespace, pod } from '../support/cli-cluster.js'

/** Whether web reaches db rests on the addresses of pods, which nobody knows. */
const UNKNOWN = [
  namespace('shop'),
  app({ namespace: 'shop', name: 'web' }),
  app({ namespace: 'shop', name: 'db', ports: [{ containerPort: 5432 }] }),
  policyOf({
    namespace: 'shop',
    name: 'db',
    select: { app: 'db' },
    rules: 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 5432}]}]',
  }),
].join('---\n')

/** A block holds the address of a pod, of which the API does not say what that means. */
const UNDEFINED = [
  namespace('shop'),
  pod('shop', 'web', { app: 'web' }, '10.0.0.1'),
  pod('shop', 'db', { app: 'db' }, '10.0.0.2'),
  policyOf({
    namespace: 'shop',
    name: 'db',
    select: { app: 'db' },
    rules: 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 5432}]}]',
  }),
].join('---\n')

const named = (...lines: readonly string[]) => ['name: it', 'from: shop/web', 'to: shop/db', ...lines].join('\n')

describe('an uncertain pair', () => {
  test.each([
    ['a closed one', UNKNOWN, 'deny', 'shop/Deployment/web shop/Deployment/db'],
    ['a closed one that should be open', UNKNOWN, 'allow', 'shop/Deployment/web shop/Deployment/db'],
    ['an open one', UNDEFINED, 'allow', 'shop/Pod/web shop/Pod/db'],
    ['an open one that should be closed', UNDEFINED, 'deny', 'shop/Pod/web shop/Pod/db'],
  ])('fails with its own words, whatever was expected: %s', (_, manifests, verdict, ends) => {
    const result = evaluate(manifests, testsOf(`${verdict} shop/web -> shop/db:5432`))
    expect(only(result)).toEqual(['failed', `uncertain ${ends} 5432/TCP`])
    expect(result.tests[0]?.failures[0]?.message).toMatch(/^whether 5432\/TCP is open is (?:undefined|indeterminate): /)
  })

  test('does not spoil the ports that are certain', () => {
    expect(only(evaluate(UNKNOWN, testsOf('deny shop/web -> shop/db:80')))).toEqual(['passed'])
  })

  test('is admitted by its own mark and no other, as it stands', () => {
    const tests = (expectation: string, certainty: string) =>
      testsOf(named(`ports: [5432]`, `expect: ${expectation}`, `certainty: ${certainty}`))
    expect(only(evaluate(UNKNOWN, tests('deny', 'indeterminate')))).toEqual(['passed'])
    expect(only(evaluate(UNKNOWN, tests('allow', 'indeterminate')))[1]).toMatch(/^closed /)
    expect(only(evaluate(UNKNOWN, tests('deny', 'undefined')))[0]).toBe('failed')
    expect(only(evaluate(UNDEFINED, tests('allow', 'undefined')))).toEqual(['passed'])
    expect(only(evaluate(UNDEFINED, tests('deny', 'undefined')))[1]).toMatch(/^open /)
  })

  test('is an error under --strict, unless its mark is admitted', () => {
    const strict = { strict: true }
    expect(only(evaluate(UNKNOWN, testsOf('deny shop/web -> shop/db:5432'), strict))[0]).toBe('error')
    const admitted = testsOf(named('ports: [5432]', 'expect: deny', 'certainty: indeterminate'))
    expect(only(evaluate(UNKNOWN, admitted, strict))).toEqual(['passed'])
  })

  test('is not covered by a known gap, and keeps `closed` and `allowOnlyFrom` from passing', () => {
    const file = [
      testsOf(
        named('expect: deny', 'knownGap: SEC-1'),
        'name: nobody\nto: shop/db\nexcept: {from: external}\nallowOnlyFrom: []',
      ),
      'closed: {namespaces: [shop], directions: [ingress], external: false}',
    ].join('\n')
    const { tests } = evaluate(UNKNOWN, file)
    expect(tests.map(told)).toEqual([
      ['failed', 'uncertain shop/Deployment/web shop/Deployment/db 5432/TCP'],
      ['failed', 'uncertain shop/Deployment/web shop/Deployment/db 5432/TCP'],
      [
        'failed',
        'unlisted shop/Deployment/db shop/Deployment/web 1-65535/TCP,1-65535/UDP,1-65535/SCTP',
        'uncertain shop/Deployment/web shop/Deployment/db 5432/TCP',
      ],
    ])
  })

  test('`deniedBy` of which one direction is uncertain is uncertain', () => {
    const shut = policyOf({
      namespace: 'shop',
      name: 'web',
      select: { app: 'web' },
      rules: 'policyTypes: [Egress], egress: []',
    })
    const manifests = `${UNKNOWN}---\n${shut}`
    expect(only(evaluate(manifests, testsOf(named('ports: [5432]', 'expect: deny', 'deniedBy: both'))))).toEqual([
      'failed',
      'uncertain shop/Deployment/web shop/Deployment/db 5432/TCP',
    ])
    expect(only(evaluate(manifests, testsOf(named('ports: [80]', 'expect: deny', 'deniedBy: both'))))).toEqual([
      'passed',
    ])
  })
})
