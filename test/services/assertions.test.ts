import { describe, expect, test } from 'vitest'
import { evaluate, only, testsOf } from '../support/assertions.js'
import { deployment, policy, service } from './shop.js'

const MANIFESTS = [
  deployment('client'),
  deployment('api'),
  deployment('api-v2', 'api', '{containerPort: 9090, name: http}'),
  deployment('db', 'db', '{containerPort: 5433}'),
  service('api', 'clusterIP: 10.96.0.10, selector: {app: api}, ports: [{name: web, port: 80, targetPort: http}]'),
  service('db', 'selector: {app: db}, ports: [{port: 5432, targetPort: 5433}]'),
  policy('api', 'policyTypes: [Ingress], ingress: [{ports: [{port: 8080}]}]'),
  policy(
    'db',
    'policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5433}]}]',
  ),
].join('---\n')
const of = (test: string) => only(evaluate(MANIFESTS, testsOf(test)))
const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')

describe('A-80: tests about a Service are about every pod behind it', () => {
  test('each on the port that the Service leads to there', () => {
    const closed = ['failed', 'closed shop/Deployment/client shop/Deployment/api-v2 9090/TCP']
    for (const to of ['shop/Service/api:80', 'shop/Service/api:web', 'shop/Service/api', '10.96.0.10:80'])
      expect(of(`allow shop/client -> ${to}`)).toEqual(closed)
    expect(of('deny shop/client -> shop/Service/api:80')).toEqual([
      'failed',
      'open shop/Deployment/client shop/Deployment/api 8080/TCP',
    ])
    expect(of(named('from: shop/client', 'to: shop/Service/api', 'ports: [80]', 'expect: allow'))).toEqual(closed)
  })

  test('a port of the pod is none of the Service', () => {
    expect(of('deny shop/client -> shop/Service/db:5432')).toEqual(['passed'])
    expect(of('deny shop/client -> shop/Service/db:5433')).toEqual([
      'error',
      'NP037 the Service `shop/db` has no port `5433/TCP`',
    ])
  })

  test('a Service that matches nothing is an error', () => {
    expect(of('deny shop/client -> shop/Service/none')[0]).toBe('error')
  })

  test('who alone may reach it, and whom alone somebody may reach', () => {
    const only = (to: string, ...rest: readonly string[]) =>
      of(named(`to: ${to}`, ...rest, 'allowOnlyFrom: [shop/app=api]'))
    expect(only('shop/Service/db', 'ports: [5432]')).toEqual(['passed'])
    expect(only('shop/Service/db:5432')).toEqual(['passed'])
    expect(only('shop/Service/api', 'ports: [80]')[0]).toBe('failed')
    const to = (entry: string) => of(named('from: shop/db', 'ports: [any/UDP]', `allowOnlyTo: [${entry}]`))
    expect(to('shop/Service/api')).toEqual([
      'error',
      expect.stringContaining('`shop/Service/api` is a Service, and the'),
    ])
  })

  test('a target port that no container declares is told apart exactly', () => {
    const far = MANIFESTS.replace('port: 5432, targetPort: 5433', 'port: 5432, targetPort: 6000')
    expect(only(evaluate(far, testsOf('deny shop/api -> shop/Service/db:5432')))).toEqual(['passed'])
  })

  test('as a source it means its pods', () => {
    expect(of('allow shop/Service/api -> shop/Service/db:5432')).toEqual(['passed'])
  })
})

test('A-80: a failure that asks a pod for the port of its Service says which one policies see', () => {
  const { tests } = evaluate(MANIFESTS, testsOf('allow shop/api -> shop/Deployment/db:5432'))
  const [failure] = tests.flatMap(({ failures }) => failures)
  expect(failure?.message).toMatch(/; Service shop\/db maps 5432 to 5433; policies see 5433, so ask for that$/)
})

describe('A-82, A-83: tests about Services without pods', () => {
  const OUTSIDE = [
    MANIFESTS,
    service('alias', 'type: ExternalName, externalName: external'),
    service('far', 'ports: [{name: https, port: 443}]'),
    `
apiVersion: v1
kind: Endpoints
metadata: {name: far, namespace: shop}
subsets: [{addresses: [{ip: 203.0.113.7}, {ip: 203.0.113.8}], ports: [{name: https, port: 6443}]}]
`,
    policy(
      'client',
      'policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 6443}]}]',
    ),
  ].join('---\n')
  const asked = (test: string) => only(evaluate(OUTSIDE, testsOf(test)))

  test('endpoints are asked at the ports that they have', () => {
    expect(asked('allow shop/db -> shop/Service/far:443')).toEqual(['passed'])
    expect(asked('allow shop/client -> shop/Service/far:443')).toEqual([
      'failed',
      'closed shop/Deployment/client external 6443/TCP 203.0.113.8/32',
    ])
    expect(asked('deny shop/client -> shop/Service/far:443')[0]).toBe('failed')
  })

  test('a name outside the cluster is asked, and permits no address', () => {
    expect(asked('allow shop/db -> shop/Service/alias:443')).toEqual(['passed'])
    expect(asked(named('from: shop/client', 'to: shop/Service/alias', 'ports: [443]', 'expect: deny'))).toEqual([
      'passed',
    ])
    expect(asked('deny shop/client -> shop/Service/alias:6443')[1]).toContain('uncertain')
    const permitted = asked(named('from: shop/client', 'allowOnlyTo: [{to: shop/Service/alias, mayBeClosed: true}]'))
    expect(permitted).toEqual(['failed', expect.stringContaining('unlisted shop/Deployment/client external 6443/TCP')])
  })
})
