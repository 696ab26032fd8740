import { describe, expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { evaluate, testsOf, told } from '../support/assertions.js'
import { namespace } from '../support/cli-cluster.js'

/** A shop in which everything is closed but web to api, api to addresses, and somebody else's calls. */
const CLOSED = [
  namespace('shop'),
  namespace('ops'),
  app({ namespace: 'shop', name: 'web', ports: [{ containerPort: 80 }] }),
  app({ namespace: 'shop', name: 'api', ports: [{ containerPort: 8080 }] }),
  app({ namespace: 'ops', name: 'probe' }),
  policyOf({ namespace: 'shop', name: 'deny', rules: 'policyTypes: [Ingress, Egress]' }),
  policyOf({
    namespace: 'ops',
    name: 'deny',
    rules: 'policyTypes: [Ingress, Egress], egress: [{to: [{namespaceSelector: {}}]}]',
  }),
  policyOf({
    namespace: 'shop',
    name: 'api',
    select: { app: 'api' },
    rules:
      'policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}], ports: [{port: 8080}]}], egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}, {ipBlock: {cidr: 2001:db8::/32}}], ports: [{port: 443}]}]',
  }),
  policyOf({
    namespace: 'shop',
    name: 'web',
    select: { app: 'web' },
    rules: 'policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: api}}}]}]',
  }),
].join('---\n')

const OPTIONS = { podCidrs: ['10.0.0.0/8'] }
const [WEB, API, PROBE] = ['shop/Deployment/web', 'shop/Deployment/api', 'ops/Deployment/probe']
const RULES = ['allow shop/web -> shop/api:8080', 'allow ops/probe -> shop/api:8080']

const closedBy = (tests: readonly string[], closed: string) => {
  const text = tests.length === 0 ? 'version: 1' : testsOf(...tests)
  return told(evaluate(CLOSED, `${text}\nclosed: ${closed}`, OPTIONS).tests.at(-1) ?? unreachable())
}

function unreachable(): never {
  throw new Error('closed is a test')
}

describe('closed', () => {
  test('what no test allows must be denied, with the lines that would allow it', () => {
    expect(closedBy([], '{namespaces: [shop]}')).toEqual([
      'failed',
      `unlisted ${PROBE} ${API} 8080/TCP`,
      `unlisted ${API} external 443/TCP 198.51.100.0/24`,
      `unlisted ${API} external 443/TCP 2001:db8::/32`,
      `unlisted ${WEB} ${API} 8080/TCP`,
    ])
    const [test] = evaluate(CLOSED, 'version: 1\nclosed: {namespaces: [shop]}', OPTIONS).tests
    const lines = test?.failures.map((failure) => failure.test ?? '') ?? []
    expect(lines[2]).toBe(`allow ${API} -> [2001:db8::/32]:443`)
    expect(closedBy(lines, '{namespaces: [shop]}')).toEqual(['passed'])
    expect(evaluate(CLOSED, testsOf(...lines), OPTIONS).summary.passed).toBe(4)
  })

  test('directions, namespaces and the outside are chosen', () => {
    expect(closedBy(RULES, '{namespaces: [shop], external: false}')).toEqual(['passed'])
    expect(closedBy(RULES, '{namespaces: [shop], directions: [ingress]}')).toEqual(['passed'])
    expect(closedBy(RULES, '{namespaces: [shop], directions: [egress]}')[0]).toBe('failed')
    expect(closedBy([], '{namespaces: [op*], directions: ingress}')).toEqual(['passed'])
    expect(closedBy([], '{namespaces: ops, directions: egress}')).toEqual([
      'failed',
      `unlisted ${PROBE} ${API} 8080/TCP`,
    ])
  })

  test('entries permit, and so does a known gap that stands', () => {
    const outside = 'name: api\nfrom: shop/api\nallowOnlyTo: [{to: [198.51.100.0/24, "2001:db8::/32"], ports: [443]}]'
    expect(closedBy([...RULES, outside], '{namespaces: [shop]}')).toEqual(['passed'])
    const only = 'name: who\nto: shop/api\nallowOnlyFrom: [shop/web, {from: ops/probe, knownGap: SEC-1}]'
    expect(closedBy([only, outside], '{namespaces: [shop]}')).toEqual(['passed'])
    const gap = 'name: gap\nfrom: ops/any\nto: shop/api\nexpect: deny\nknownGap: SEC-1'
    expect(closedBy([RULES[0] ?? '', gap, outside], '{namespaces: [shop]}')).toEqual(['passed'])
    const wrong = 'name: not allowed\nfrom: ops/any\nto: shop/api\nexpect: deny'
    expect(closedBy([RULES[0] ?? '', wrong, outside], '{namespaces: [shop]}')[0]).toBe('failed')
  })

  test('a permission for one port does not cover others', () => {
    expect(
      closedBy(
        ['allow shop/web -> shop/api:8080', 'allow ops/probe -> shop/api:8081'],
        '{namespaces: [shop], external: false}',
      ),
    ).toEqual(['failed', `unlisted ${PROBE} ${API} 8080/TCP`])
  })
})
