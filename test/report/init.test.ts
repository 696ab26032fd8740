import { describe, expect, test } from 'vitest'
import { mutantFates } from '../../src/analyze/assertions/coverage.js'
import { evaluateFile } from '../../src/analyze/assertions/evaluate.js'
import { loadCluster, parseCluster, type Cluster } from '../../src/index.js'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { proposeTests } from '../../src/report/init/propose.js'
import { testReport } from '../../src/report/test/test-report.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { clusterOf, everywhere } from '../support/laws.js'

const parse = (text: string) => parseAssertions(text, 'netpol-tests.yaml')
const propose = (cluster: Cluster) => proposeTests(cluster, {}, parse)
const clusterWith = (...manifests: readonly string[]) =>
  parseCluster([{ file: 'm.yaml', text: manifests.join('---\n') }])

/** The tests that are proposed, without the comments above them. */
function bodyOf(cluster: Cluster): string {
  const proposed = propose(cluster)
  if (!proposed.ok) throw new Error(proposed.error.message)
  expectUseful(cluster, proposed.value.text)
  return proposed.value.text.replace(/^ *#.*\n/gm, '').replace('version: 1\n', '')
}

/** What the guide promises of the file: it passes, notices a change wherever there is one to notice, and is short. */
function expectUseful(cluster: Cluster, text: string): void {
  const file = parse(text)
  const { tests } = testReport([{ file, cluster, options: {} }])
  expect(tests.filter(({ status }) => status !== 'passed')).toEqual([])
  expect(tests.filter(({ kind }) => kind !== 'closed').length).toBeLessThanOrEqual(60)
  const evaluated = evaluateFile(cluster, file, { namespace: 'default', isStrict: false })
  let isNoticed = true
  for (const { fate } of mutantFates(cluster, [evaluated])) {
    if (fate === 'survived') isNoticed = false
    if (fate !== 'killed') continue
    isNoticed = true
    break
  }
  expect(isNoticed, text).toBe(true)
}

const DENY_ALL = 'policyTypes: [Ingress]'
const PORTS = [{ name: 'http', containerPort: 8080 }]

/** A tenant that nobody but the platform reaches. */
const tenant = (name: string) => [
  namespace(name),
  ...Array.from({ length: 10 }, (_, index) => app({ namespace: name, name: `app-${index}`, ports: PORTS })),
  policyOf({
    namespace: name,
    name: 'own',
    rules:
      'ingress: [{from: [{podSelector: {}}]}, {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: platform}}}]}]',
  }),
]
const PLATFORM = [namespace('platform'), app({ namespace: 'platform', name: 'gateway' })]
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

describe('the first assertion file', () => {
  test('has a line for each open pair that a policy has a say about, and closes what they close', () => {
    expect(bodyOf(loadCluster(['fixtures/clusters/demo']))).toBe(`tests:
  - allow ingress/Deployment/ingress-controller -> shop/Deployment/storefront:8080
  - allow monitoring/StatefulSet/prometheus -> shop/Deployment/cart:9090
  - allow monitoring/StatefulSet/prometheus -> shop/Deployment/checkout:9090
  - allow monitoring/StatefulSet/prometheus -> shop/StatefulSet/orders-db:9187
  - allow shop/CronJob/orders-report -> shop/StatefulSet/orders-db:5432
  - allow shop/Deployment/cart -> shop/Deployment/cart:7070
  - allow shop/Deployment/cart -> shop/Deployment/checkout:5050
  - allow shop/Deployment/checkout -> shop/Deployment/cart:7070
  - allow shop/Deployment/checkout -> shop/Deployment/checkout:5050
  - allow shop/Deployment/checkout -> shop/StatefulSet/orders-db:5432
  - allow shop/Deployment/storefront -> shop/Deployment/cart:7070
  - allow shop/Deployment/storefront -> shop/Deployment/checkout:5050
closed:
  namespaces: [shop]
  directions: [ingress]
`)
  })

  test('speaks of 30 workloads by namespace', () => {
    expect(bodyOf(clusterWith(...PLATFORM, ...['blue', 'green', 'red'].flatMap(tenant)))).toBe(`tests:
  - name: no namespace but platform reaches blue
    from: [any, external]
    to: blue/any
    except: [same-namespace, { from: platform/any }]
    expect: deny
  - name: no namespace but platform reaches green
    from: [any, external]
    to: green/any
    except: [same-namespace, { from: platform/any }]
    expect: deny
  - name: no namespace but platform reaches red
    from: [any, external]
    to: red/any
    except: [same-namespace, { from: platform/any }]
    expect: deny
`)
  })

  test('speaks of 300 workloads of tenants that behave alike in one test', () => {
    expect(bodyOf(clusterWith(...PLATFORM, ...names('tenant', 30).flatMap(tenant)))).toBe(`tests:
  - name: these do not reach tenant-*
    from: [tenant-*/any, external]
    to: tenant-*/any
    except: [same-namespace]
    expect: deny
`)
  })

  test('leaves out whom it need not name where nearly nobody gets in', () => {
    const others = ['a', 'b', 'c'].flatMap(tenant)
    const body = bodyOf(
      clusterWith(...PLATFORM, ...others, namespace('d'), app({ namespace: 'd', name: 'x' }), ...tenant('e')),
    )
    expect(body).toContain(`  - name: no namespace but platform reaches a
    from: [any, external]
    to: a/any
    except: [same-namespace, { from: platform/any }]
    expect: deny
`)
  })

  test('of a single namespace says what its policies keep out', () => {
    const apps = names('app', 300).map((name) => app({ namespace: 'shop', name, ports: PORTS }))
    const policy = policyOf({ namespace: 'shop', name: 'own', rules: 'ingress: [{from: [{podSelector: {}}]}]' })
    expect(bodyOf(clusterWith(namespace('shop'), ...apps, policy))).toBe(`tests:
  - name: nothing outside the cluster reaches shop
    from: [external]
    to: shop/any
    expect: deny
`)
  })

  test('of a namespace that is closed says so with `closed` alone', () => {
    const closed = policyOf({ namespace: 'shop', name: 'none', rules: DENY_ALL })
    expect(bodyOf(clusterWith(namespace('shop'), app({ namespace: 'shop', name: 'db' }), closed))).toBe(`closed:
  namespaces: [shop]
  directions: [ingress]
`)
  })

  test('is not written where no policy isolates anything: there is nothing to assert', () => {
    const cluster = clusterWith(namespace('shop'), app({ namespace: 'shop', name: 'db' }))
    expect(propose(cluster)).toMatchObject({ ok: false, error: { code: 'NP031' } })
  })
})

describe('on random clusters', () => {
  everywhere(
    'the first assertion file passes and notices a change',
    ({ objects }) => {
      const cluster = clusterOf(objects)
      const proposed = propose(cluster)
      if (!proposed.ok) return false
      expectUseful(cluster, proposed.value.text)
      return true
    },
    0.1,
  )
})
