import { describe, expect, test } from 'vitest'
import { distinctionsOf, partition } from '../../src/query/parts.js'
import type { PortQuestion } from '../../src/query/port.js'
import { clusterOf } from '../support/compare.js'
import { pod, workload } from './world.js'

function policy(spec: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'x', name: 'p' },
    spec: { podSelector: {}, ...spec },
  }
}

/** Two live pods of one Deployment, which differ in everything that pods can differ in. */
const LEADER = pod(
  'x/web-1',
  { app: 'web', role: 'leader' },
  {
    owner: ['ReplicaSet', 'web'],
    spec: { nodeName: 'n1', containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] },
    status: { podIP: '10.0.1.1' },
  },
)
const FOLLOWER = pod(
  'x/web-2',
  { app: 'web', role: 'follower' },
  {
    owner: ['ReplicaSet', 'web'],
    spec: { nodeName: 'n2', containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { podIP: '10.0.2.1' },
  },
)

function partsOf(objects: readonly object[], nodesInPlay = false): readonly (readonly [string | null, string])[] {
  const cluster = clusterOf(objects)
  const divide = partition(distinctionsOf(cluster, () => nodesInPlay))
  const [web] = cluster.workloads
  if (web === undefined) throw new Error('there is no workload')
  return divide({ workload: web, pods: web.pods }).map(({ part, pods }) => [part, pods.map(({ name }) => name).join()])
}

describe('D-6: pods of one workload are told apart only where something in the input does', () => {
  test('nothing asks: they are one', () => {
    expect(partsOf([LEADER, FOLLOWER])).toEqual([[null, 'web-1,web-2']])
    expect(partsOf([LEADER, FOLLOWER, policy({ podSelector: { matchLabels: { app: 'web' } } })])).toEqual([
      [null, 'web-1,web-2'],
    ])
  })

  const byRole = [
    ['role=leader', 'web-1'],
    ['role=follower', 'web-2'],
  ]

  test.each([
    ['a subject', { podSelector: { matchLabels: { role: 'leader' } } }],
    ['a peer', { ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'role', operator: 'Exists' }] } }] }] }],
    [
      'a peer of a rule that has no effect',
      { policyTypes: ['Ingress'], egress: [{ to: [{ podSelector: { matchLabels: { role: 'x' } } }] }] },
    ],
  ])('a label that %s asks for', (_, spec) => {
    expect(partsOf([LEADER, FOLLOWER, policy(spec)])).toEqual(byRole)
  })

  test('a label of namespaces does not count', () => {
    const spec = { ingress: [{ from: [{ namespaceSelector: { matchLabels: { role: 'leader' } } }] }] }
    expect(partsOf([LEADER, FOLLOWER, policy(spec)])).toHaveLength(1)
  })

  test('a port name that means different numbers', () => {
    const parts = partsOf([LEADER, FOLLOWER, policy({ ingress: [{ ports: [{ port: 'http' }] }] })])
    expect(parts).toEqual([
      ['port:http=80/TCP', 'web-1'],
      ['port:http=8080/TCP', 'web-2'],
    ])
    expect(partsOf([LEADER, FOLLOWER, policy({ ingress: [{ ports: [{ port: 'metrics' }] }] })])).toHaveLength(1)
  })

  test('a block that splits their addresses, but none that holds all or none of them', () => {
    const block = (cidr: string, except: readonly string[] = []) =>
      policy({ egress: [{ to: [{ ipBlock: { cidr, except } }] }] })
    expect(partsOf([LEADER, FOLLOWER, block('10.0.1.0/24')])).toEqual([
      ['ipBlock=10.0.1.0/24', 'web-1'],
      ['ipBlock=none', 'web-2'],
    ])
    expect(partsOf([LEADER, FOLLOWER, block('10.0.0.0/16', ['10.0.1.0/24'])])).toHaveLength(2)
    expect(partsOf([LEADER, FOLLOWER, block('10.0.0.0/16')])).toHaveLength(1)
    expect(partsOf([LEADER, FOLLOWER, block('10.9.0.0/16')])).toHaveLength(1)
  })

  test('nodes, where nodes are in play (A-62)', () => {
    expect(partsOf([LEADER, FOLLOWER], true)).toEqual([
      ['node=n1', 'web-1'],
      ['node=n2', 'web-2'],
    ])
  })

  test('A-62: no name of a node means that the node is unknown', () => {
    const [known, unknown] = ['unknown', undefined].map((nodeName, index) =>
      pod(`x/web-${index}`, {}, { owner: ['ReplicaSet', 'web'], spec: { nodeName } }),
    )
    expect(partsOf([known ?? {}, unknown ?? {}], true)).toEqual([
      ['node=unknown', 'web-0'],
      ['!node', 'web-1'],
    ])
  })

  test('an empty label is not an absent one, and the name of a part says which', () => {
    const tier = (index: number, labels: Record<string, string>) =>
      pod(`x/web-${index}`, labels, { owner: ['ReplicaSet', 'web'] })
    const selector = { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }
    expect(partsOf([tier(0, { tier: '' }), tier(1, {}), policy({ podSelector: selector })])).toEqual([
      ['tier=', 'web-0'],
      ['!tier', 'web-1'],
    ])
  })

  test('A-64: on its host network a pod whose node has an address is told apart from one whose node has none', () => {
    const onHost = (name: string, status: object) =>
      pod(name, {}, { owner: ['ReplicaSet', 'web'], spec: { hostNetwork: true }, status })
    const block = policy({ egress: [{ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }] }] })
    const objects = [onHost('x/web-0', { hostIP: '192.168.9.1' }), onHost('x/web-1', {}), block]
    expect(partsOf(objects)).toEqual([
      ['family=IPv4', 'web-0'],
      ['!family', 'web-1'],
    ])
  })

  test('D-6: the pods of a StatefulSet that no selector names are not called after the first of them', () => {
    const set = workload('StatefulSet', 'x/web', {}, { replicas: 3 })
    const name = 'statefulset.kubernetes.io/pod-name'
    const parts = partsOf([set, policy({ podSelector: { matchLabels: { [name]: 'web-1' } } })])
    expect(parts.map(([part]) => part)).toEqual([`${name}=web-1`, `${name}=other`])
  })

  test('A-54: what the question asks of ports: the pods that a name means different ports at, and declared ports', () => {
    const cluster = clusterOf([LEADER, FOLLOWER])
    const parts = (port: PortQuestion) =>
      cluster.workloads.flatMap((web) =>
        partition(distinctionsOf(cluster, () => false, port))({ workload: web, pods: web.pods }).map(
          ({ part }) => part,
        ),
      )
    expect(parts({ kind: 'name', name: 'http', protocol: null })).toEqual(['port:http=80/TCP', 'port:http=8080/TCP'])
    expect(parts({ kind: 'name', name: 'metrics', protocol: null })).toEqual([null])
    expect(parts({ kind: 'whole-set' })).toEqual(['ports=80/TCP', 'ports=8080/TCP'])
    expect(parts({ kind: 'range', protocols: ['TCP'], first: 80, last: 80 })).toEqual([null])
  })

  test('a template is one pod, and has no parts', () => {
    const template = workload('Deployment', 'x/web', { app: 'web', role: 'leader' }, { replicas: 3 })
    expect(partsOf([template, policy({ podSelector: { matchLabels: { role: 'leader' } } })])).toEqual([[null, 'web']])
  })

  test('the name of a part does not depend on which pods a question picks', () => {
    const cluster = clusterOf([LEADER, FOLLOWER, policy({ podSelector: { matchLabels: { role: 'leader' } } })])
    const divide = partition(distinctionsOf(cluster, () => false))
    const [web] = cluster.workloads
    if (web === undefined) throw new Error('there is no workload')
    const single = web.pods.filter(({ name }) => name === 'web-2')
    expect(divide({ workload: web, pods: single }).map(({ part }) => part)).toEqual(['role=follower'])
  })
})
