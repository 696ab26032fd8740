import { describe, expect, test } from 'vitest'
import { SHOP, app, policyOf } from '../support/assertion-cluster.js'
import { evaluate, only, testsOf } from '../support/assertions.js'

const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')
const of = (test: string, manifests = SHOP) => only(evaluate(manifests, testsOf(test)))

const [WEB, API, DB] = ['shop/Deployment/web', 'shop/Deployment/api', 'shop/Deployment/db']

/** The api may reach the database and the mail of a provider. */
const EGRESS = policyOf({
  namespace: 'shop',
  name: 'api-egress',
  select: { app: 'api' },
  rules:
    'policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}, {to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 25}]}]',
})
const SHUT = `${SHOP}---\n${EGRESS}`
/** Pods have their addresses elsewhere: without that, a block could hold any of them. */
const APART = { podCidrs: ['10.0.0.0/8'] }
const FROM_IPV6 = policyOf({
  namespace: 'shop',
  name: 'web',
  select: { app: 'web' },
  rules: 'ingress: [{from: [{ipBlock: {cidr: 2001:db8::/32}}], ports: [{port: 80, endPort: 90}, {protocol: UDP}]}]',
})
const shut = (test: string) => only(evaluate(SHUT, testsOf(test), APART))

describe('allowOnlyFrom', () => {
  test('is everybody in the list and nobody else, the outside included', () => {
    expect(of(named('to: shop/db', 'ports: [5432]', 'allowOnlyFrom: [shop/api]'))).toEqual(['passed'])
    expect(of(named('to: shop/db', 'allowOnlyFrom: [{from: shop/api, ports: [5432]}]'))).toEqual(['passed'])
    expect(of(named('to: shop/db', 'allowOnlyFrom: []'))).toEqual(['failed', `unlisted ${API} ${DB} 5432/TCP`])
    expect(of(named('to: shop/db:5432', 'allowOnlyFrom: [shop/api, shop/web]'))).toEqual([
      'failed',
      `closed ${WEB} ${DB} 5432/TCP`,
    ])
    const toApi = of(named('to: shop/api', 'ports: [8080]', 'allowOnlyFrom: [any]'))
    expect(toApi).toEqual(['failed', `unlisted external ${API} 8080/TCP 0.0.0.0/0 ::/0`])
    expect(of(named('to: shop/api', 'ports: [8080]', 'allowOnlyFrom: [any, external]'))).toEqual(['passed'])
  })

  test('what is listed must be open unless it may be closed', () => {
    const entry = (more: string) => of(named('to: shop/db:5432', `allowOnlyFrom: [shop/api, {from: shop/web${more}}]`))
    expect(entry('')).toEqual(['failed', `closed ${WEB} ${DB} 5432/TCP`])
    expect(entry(', mayBeClosed: true')).toEqual(['passed'])
  })

  test.each([
    ['to: shop/db', 'allowOnlyFrom', SHOP],
    ['to: shop/web', 'allowOnlyFrom', SHOP],
    ['from: shop/api', 'allowOnlyTo', SHUT],
    ['from: shop/api', 'allowOnlyTo', SHUT.replaceAll('203.0.113.0/24', '2001:db8::/32')],
    ['to: shop/web', 'allowOnlyFrom', `${SHOP}---\n${FROM_IPV6}`],
  ])('what is unlisted comes with the entries that permit it (%s)', (subject, list, manifests) => {
    const { tests } = evaluate(manifests, testsOf(named(subject, `${list}: []`)), APART)
    const entries = tests.flatMap(({ failures }) => failures.map(({ entry }) => entry))
    expect(entries.length).toBeGreaterThan(0)
    const listed = [`${list}:`, ...entries.map((entry) => `- ${entry}`)]
    expect(only(evaluate(manifests, testsOf(named(subject, ...listed)), APART))).toEqual(['passed'])
  })

  test("an entry's ports lie within those of the test", () => {
    expect(of(named('to: shop/db:5432', 'allowOnlyFrom: [{from: shop/api, ports: [5433]}]'))[1]).toMatch(
      /not among those/,
    )
    expect(of(named('to: shop/db', 'ports: [5000-6000]', 'allowOnlyFrom: [{from: shop/api, ports: [sql]}]'))).toEqual([
      'passed',
    ])
  })

  test('a known gap of an entry is open today, and fails once it is closed', () => {
    const gap = (from: string) => of(named('to: shop/db:5432', `allowOnlyFrom: [{from: ${from}, knownGap: SEC-1}]`))
    expect(gap('shop/api')).toEqual(['known-gap', `open ${API} ${DB} 5432/TCP`])
    expect(of(named('to: shop/db:5432', 'allowOnlyFrom: [shop/api, {from: shop/web, knownGap: SEC-1}]'))).toEqual([
      'failed',
      `fixed ${WEB} ${DB} 5432/TCP`,
    ])
    expect(gap('[shop/api, shop/web]')).toEqual(['failed', `partly-fixed ${WEB} ${DB} 5432/TCP`])
  })

  test('an entry takes the namespace of each target', () => {
    const more = ['tenant-a', 'tenant-b'].map((own) => app({ namespace: own, name: 'job' })).join('---\n')
    const manifests = `${SHOP}---\n${more}`
    expect(of(named('to: tenant-*/app:8080', 'allowOnlyFrom: [same-namespace/any]'), manifests)).toEqual(['passed'])
    expect(of(named('to: tenant-*/app:8080', 'allowOnlyFrom: [same-namespace/app]'), manifests)[1]).toMatch(/no pair/)
    expect(of(named('to: tenant-*/app:8080', 'allowOnlyFrom: []'), manifests)).toEqual([
      'failed',
      'unlisted tenant-a/Deployment/job tenant-a/Deployment/app 8080/TCP',
      'unlisted tenant-b/Deployment/job tenant-b/Deployment/app 8080/TCP',
    ])
  })

  test('the outside may be the subject: then it quantifies over workloads', () => {
    const all = 'allowOnlyTo: [{to: [shop/web, shop/api, shop/mute, monitoring/any], ports: [any]}]'
    expect(of(named('from: internet', all))).toEqual(['passed'])
    expect(of(named('from: internet', 'ports: [8080]', 'allowOnlyTo: [shop/web, shop/mute, monitoring/any]'))).toEqual([
      'failed',
      expect.stringMatching(/^unlisted external shop\/Deployment\/api 8080\/TCP/),
    ])
  })
})

describe('allowOnlyTo', () => {
  test('takes a port at each destination, addresses included', () => {
    expect(shut(named('from: shop/api', 'allowOnlyTo: [shop/db:5432, 203.0.113.0/24:25]'))).toEqual(['passed'])
    expect(shut(named('from: shop/api', 'allowOnlyTo: [shop/db, {to: 203.0.113.0/24, ports: [25]}]'))).toEqual([
      'passed',
    ])
    expect(shut(named('from: shop/api', 'allowOnlyTo: [shop/db]'))).toEqual([
      'failed',
      `unlisted ${API} external 25/TCP 203.0.113.0/24`,
    ])
    expect(shut(named('from: shop/api', 'allowOnlyTo: [shop/db, {to: 203.0.0.0/16, ports: [25]}]'))).toEqual([
      'failed',
      expect.stringMatching(new RegExp(`^closed ${API} external 25/TCP 203.0.0.0/18`)),
    ])
    expect(
      shut(named('from: shop/api', 'allowOnlyTo: [shop/db, {to: 203.0.0.0/16, ports: [25], mayBeClosed: true}]')),
    ).toEqual(['passed'])
  })

  test('an unlisted failure has the one-line test that would permit it', () => {
    const [test] = evaluate(SHUT, testsOf(named('from: shop/api', 'allowOnlyTo: []')), APART).tests
    const lines = test?.failures.map((failure) => failure.test) ?? []
    expect(lines).toEqual([`allow ${API} -> 203.0.113.0/24:25`, `allow ${API} -> ${DB}:5432`])
    for (const line of lines) expect(only(evaluate(SHUT, testsOf(line ?? ''), APART))).toEqual(['passed'])
  })

  test('hostNetwork workloads are left out and counted, unless they are named', () => {
    const nobody = evaluate(
      SHOP,
      testsOf(named('from: shop/web', 'ports: [8080]', 'allowOnlyTo: [{to: any, mayBeClosed: true}, external]')),
    )
    expect([only(nobody), nobody.hostNetworkLeftOut]).toEqual([['passed'], 1])
    const asked = evaluate(SHOP, testsOf('deny shop/web -> monitoring/agent:80'))
    expect([only(asked)[0], asked.hostNetworkLeftOut]).toEqual(['failed', 0])
  })
})
