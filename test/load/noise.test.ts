import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../src/index.js'
import { codesOf, load, object, withoutSource } from './manifests.js'

const NOISE = {
  creationTimestamp: null,
  resourceVersion: '12345',
  uid: '0b9c0000-0000-0000-0000-000000000000',
  generation: 3,
  selfLink: '/apis/networking.k8s.io/v1/namespaces/x/networkpolicies/p',
  managedFields: [{ manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:podSelector': {} } } }],
  finalizers: ['example.com/x'],
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration':
      '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"q","namespace":"x"},"spec":{"podSelector":{}}}\n',
  },
}

/** Everything that a cluster holds, without where it was read. */
function factsOf({ policies, workloads, namespaces, nodes, services }: Cluster): unknown {
  return {
    policies: policies.map(withoutSource),
    workloads: workloads.map(withoutSource),
    namespaces: [...namespaces.values()].map(withoutSource),
    nodes: [...nodes.values()].map(withoutSource),
    services,
  }
}

function noisy(item: object): object {
  const { metadata } = item as { readonly metadata: object }
  return { ...item, metadata: { ...metadata, ...NOISE } }
}

const TEMPLATE = { metadata: { creationTimestamp: null, labels: { app: 'web' } }, spec: { containers: [] } }
const OBJECTS = [
  object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: {} } }),
  object('v1', 'Pod', 'x/a', { spec: {} }),
  object('v1', 'Namespace', 'x', { spec: { finalizers: ['kubernetes'] } }),
  object('v1', 'Node', 'n1', { spec: { podCIDR: '10.0.0.0/24' } }),
  object('v1', 'Service', 'x/s', { spec: { clusterIP: '10.96.0.1' } }),
  object('apps/v1', 'Deployment', 'x/d', { spec: { template: TEMPLATE } }),
]

describe('D-30: what a cluster adds to an export has no effect', () => {
  test.each(OBJECTS.map((item) => [(item as { kind: string }).kind, item] as const))('%s', (_, item) => {
    const [plain, exported] = [load([item]), load([noisy(item)])]
    expect(codesOf(exported)).toEqual(codesOf(plain))
    expect(codesOf(exported, 'error')).toEqual([])
    expect(factsOf(exported)).toEqual(factsOf(plain))
  })

  test.each([{}, null])('B-6: status: %j of a policy', (status) => {
    const [policy] = OBJECTS
    expect(codesOf(load([{ ...policy, status }]))).toEqual([])
  })

  test('the copy in last-applied-configuration is no object', () => {
    const [policy] = OBJECTS
    expect(load([noisy(policy ?? {})]).policies.map(({ name }) => name)).toEqual(['p'])
  })
})

describe('D-31: a policy from git and the same one from the cluster', () => {
  const policy = (spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec })

  test.each([
    ['policyTypes', { podSelector: {} }, { podSelector: {}, policyTypes: ['Ingress'] }],
    [
      'policyTypes of an egress policy',
      { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] },
      { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }], policyTypes: ['Ingress', 'Egress'] },
    ],
    [
      'protocol',
      { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] },
      { podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }] },
    ],
    ['empty lists', { podSelector: {}, ingress: [], egress: [] }, { podSelector: {} }],
    ['empty rules', { podSelector: {}, ingress: [{ from: [], ports: null }] }, { podSelector: {}, ingress: [{}] }],
    ['null selectors', { podSelector: null, policyTypes: ['Ingress'] }, { podSelector: {}, policyTypes: ['Ingress'] }],
    ['null labels', { podSelector: { matchLabels: null, matchExpressions: [] } }, { podSelector: {} }],
  ])('%s', (_, git, live) => {
    const [before, after] = [load([policy(git)]), load([noisy(policy(live))])]
    expect(factsOf(before)).toEqual(factsOf(after))
  })
})
