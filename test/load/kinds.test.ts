import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { codesOf, load, object } from './manifests.js'

const POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: {} } })
const POD = object('v1', 'Pod', 'x/a')

describe('B-43: kinds that decide nothing are counted', () => {
  test.each([
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['longhorn.io/v1beta2', 'Node'],
    ['cilium.io/v2', 'CiliumNode'],
    ['projectcalico.org/v3', 'IPPool'],
    ['security.istio.io/v1', 'PeerAuthentication'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
  ])('%s %s', (apiVersion, kind) => {
    const cluster = load(`${JSON.stringify(object(apiVersion, kind, 'x/c'))}\n${JSON.stringify(POD)}`)
    expect(codesOf(cluster)).toEqual([])
    expect(cluster.inventory).toMatchObject({ used: 1, irrelevant: 1 })
    expect(cluster.incomplete).toBe(false)
  })

  test.each(['name: values\nreplicas: 3', 'just text', '- a\n- b', 'apiVersion: v2\nname: chart'])(
    'D-22: what is no object at all: %j',
    (text) => {
      expect(load(`${text}\n---\n${JSON.stringify(POD)}`).inventory).toMatchObject({ used: 1, irrelevant: 1 })
    },
  )
})

test('B-7: a kind of the core group that resembles none that is read is a warning', () => {
  const cluster = load([POLICY, POD, object('v1', 'Route', 'x/r')])
  expect(cluster.diagnostics).toMatchObject([{ code: 'NP007', severity: 'warning', object: 'Route x/r' }])
  expect(cluster.answerable).toBe(true)
})

describe('B-43, F-300: policies of other systems make answers incomplete, with a loud warning', () => {
  const OTHERS = [
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['projectcalico.org/v3', 'GlobalNetworkPolicy'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy'],
    ['crd.antrea.io/v1beta1', 'ClusterNetworkPolicy'],
    ['crd.antrea.io/v1beta1', 'NetworkPolicy'],
    ['policy.networking.k8s.io/v1beta1', 'ClusterNetworkPolicy'],
    ['security.istio.io/v1', 'AuthorizationPolicy'],
    ['policy.linkerd.io/v1beta3', 'AuthorizationPolicy'],
    ['example.com/v1', 'NetworkPolicy'],
  ] as const

  test.each(OTHERS)('%s %s', (apiVersion, kind) => {
    const other = object(apiVersion, kind, 'x/other')
    const cluster = load(`${JSON.stringify(POD)}\n${JSON.stringify(other)}\n${JSON.stringify(other)}`)
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP102', severity: 'warning' }])
    expect(cluster.diagnostics[0]?.message).toContain(`2 objects of ${kind} (${apiVersion.split('/')[0] ?? ''})`)
    expect(cluster).toMatchObject({ incomplete: true, answerable: true, inventory: { used: 1, irrelevant: 2 } })
    expect(check(cluster, { from: '8.8.8.8', to: 'x/a:80' })).toMatchObject({ verdict: 'allow', incomplete: true })
  })

  test('under --strict they are an error', () => {
    const cluster = load([POD, object('cilium.io/v2', 'CiliumNetworkPolicy', 'x/c')], { strict: true })
    expect(codesOf(cluster, 'error')).toEqual(['NP102'])
    expect(cluster.answerable).toBe(false)
  })
})

describe('B-7: a kind that is used under an apiVersion that Kubernetes does not serve', () => {
  test.each([
    ['extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['networking.k8s.io/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['networking.k8s.io/v2', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['v1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['networking/v1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['policy/v1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['network.k8s.io/v1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['extensions/v1beta1', 'Deployment', 'apps/v1'],
    ['apps/v1beta2', 'Deployment', 'apps/v1'],
    ['v1', 'Deployment', 'apps/v1'],
    ['batch/v1beta1', 'CronJob', 'batch/v1'],
    ['apps/v1', 'Job', 'batch/v1'],
    ['v2', 'Pod', 'v1'],
    ['core/v1', 'Namespace', 'v1'],
  ])('%s %s', (apiVersion, kind, right) => {
    const cluster = load([{ ...object(apiVersion, kind, 'x/p'), spec: { podSelector: {} } }])
    expect(cluster.diagnostics).toMatchObject([
      { code: 'NP007', severity: 'error', path: 'apiVersion', help: `write apiVersion: ${right}` },
    ])
    expect(cluster).toMatchObject({ answerable: false, inventory: { error: 1 } })
  })

  test.each(['networkpolicy', 'Networkpolicy', 'NETWORKPOLICY'])('the kind %s, in the wrong case', (kind) => {
    const cluster = load([POD, { ...POLICY, kind }])
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP007', path: 'kind', help: 'write kind: NetworkPolicy' }])
    expect(cluster.answerable).toBe(false)
  })

  test.each([
    ['without an apiVersion', { ...POLICY, apiVersion: undefined }, 'apiVersion'],
    ['with an apiVersion that is no text', { ...POLICY, apiVersion: 1 }, 'apiVersion'],
    ['without a kind', { ...POLICY, kind: undefined }, 'kind'],
  ])('a policy %s is refused, never passed over', (_, item, path) => {
    const cluster = load([POD, item])
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP010', severity: 'error', path }])
    expect(cluster.answerable).toBe(false)
  })
})
