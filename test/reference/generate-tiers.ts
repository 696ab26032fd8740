/** Arbitrary policies of the cluster that the API server takes (C-30 to C-42), few values and so many ties, passes and shadows. */
import fc from 'fast-check'
import type { Case } from './generate.js'
import { clusters } from './generate-cluster.js'
import { options, withBothFamilies } from './generate-options.js'
import { podSelector, policies, spaceSelector } from './generate-policies.js'
import { questionsAbout, questionSeed } from './generate-questions.js'
import * as u from './generate-universe.js'

type Kind = 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy'

/** Mostly everybody, so that rules of several policies match one flow. */
const spaces = u.weighted<object>([2, fc.constant({})], [1, spaceSelector])
const pods = u.weighted<object>([1, fc.constant({})], [2, podSelector])

/** C-12: v1alpha1 wants both selectors. */
const element = (isOld: boolean): fc.Arbitrary<object> =>
  u.weighted<object>(
    [3, fc.record({ namespaces: spaces })],
    [
      2,
      fc
        .record({
          namespaceSelector: isOld ? spaces : u.weighted<unknown>([1, spaces], [1, u.pick(undefined)]),
          podSelector: pods,
        })
        .map((one) => ({ pods: u.compact(one) })),
    ],
  )

/** C-37: no leading zeros, nothing that is mapped, no network twice. */
const CIDRS = [...u.V4_BLOCKS, ...u.V6_BLOCKS].filter((cidr) => !/^010|^::ffff/.test(cidr))
const networks = u
  .weighted<string[]>(
    [3, fc.uniqueArray(fc.constantFrom(...CIDRS), { minLength: 1, maxLength: 3 })],
    [1, u.pick(['0.0.0.0/0'], ['10.0.0.0/8'], ['0.0.0.0/0', '::/0'], ['0.0.0.0/1', '128.0.0.0/1'], ['203.0.113.0/24'])],
  )
  .map((networks) => ({ networks }))
const nodes = u.weighted<object>([1, fc.constant({})], [1, podSelector]).map((nodes) => ({ nodes }))
const names = u.pick(['*.example.com'], ['www.example.com', 'example.com.']).map((domainNames) => ({ domainNames }))

function peers(kind: Kind, direction: 'ingress' | 'egress'): fc.Arbitrary<object[]> {
  const isOld = kind !== 'ClusterNetworkPolicy'
  const outside: u.Weighted<object>[] = [
    [3, networks],
    [2, nodes],
  ]
  if (kind !== 'BaselineAdminNetworkPolicy') outside.push([1, names]) // C-18
  const one = direction === 'ingress' ? element(isOld) : u.weighted<object>([5, element(isOld)], ...outside)
  return fc.array(one, { minLength: 1, maxLength: 2 })
}

const number = u.weighted<number>([1, u.pick(...u.PORTS)], [2, u.pick(53, 80)])
const range = fc
  .uniqueArray(u.pick(...u.PORTS), { minLength: 2, maxLength: 2 })
  .map(([a = 1, b = 2]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
const protocol = u.weighted<unknown>([2, u.pick(undefined)], [3, u.pick('TCP', 'UDP', 'SCTP')])
const oldPort: fc.Arbitrary<object> = u.weighted<object>(
  [2, fc.record({ port: number, protocol }).map((one) => ({ portNumber: u.compact(one) }))],
  [2, fc.tuple(range, protocol).map(([given, protocol]) => ({ portRange: u.compact({ ...given, protocol }) }))],
  [2, u.pick(...u.PORT_NAMES).map((namedPort) => ({ namedPort }))],
)
const newPort: fc.Arbitrary<object> = u.weighted<object>(
  [
    2,
    fc
      .tuple(u.pick('tcp', 'tcp', 'udp', 'sctp'), number)
      .map(([key, number]) => ({ [key]: { destinationPort: { number } } })),
  ],
  [2, fc.tuple(u.pick('tcp', 'udp', 'sctp'), range).map(([key, range]) => ({ [key]: { destinationPort: { range } } }))],
  [2, u.pick(...u.PORT_NAMES).map((destinationNamedPort) => ({ destinationNamedPort }))],
)

const ACTIONS = {
  AdminNetworkPolicy: ['Allow', 'Deny', 'Pass'],
  BaselineAdminNetworkPolicy: ['Allow', 'Deny'],
  ClusterNetworkPolicy: ['Accept', 'Deny', 'Pass'],
} as const

function rules(kind: Kind, direction: 'ingress' | 'egress'): fc.Arbitrary<unknown> {
  const isOld = kind !== 'ClusterNetworkPolicy'
  const ports = u.weighted<object[] | undefined>(
    [2, u.pick(undefined)],
    [3, fc.array(isOld ? oldPort : newPort, { minLength: 1, maxLength: 2 })],
  )
  const rule = fc
    .record({ action: fc.constantFrom(...ACTIONS[kind]), peers: peers(kind, direction), ports })
    .map(({ action, peers, ports }) =>
      u.compact({
        action,
        [direction === 'ingress' ? 'from' : 'to']: peers.length > 0 ? peers : [{ namespaces: {} }],
        [isOld ? 'ports' : 'protocols']: ports,
      }),
    )
  return u.weighted<unknown>([1, u.noList], [4, fc.array(rule, { minLength: 1, maxLength: 3 })])
}

function policy(kind: Kind): fc.Arbitrary<object> {
  return fc
    .record({
      tier: u.pick('Admin', 'Admin', 'Baseline'),
      priority: u.pick(0, 1, 1, 2, 1000),
      subject: element(kind !== 'ClusterNetworkPolicy'),
      ingress: rules(kind, 'ingress'),
      egress: rules(kind, 'egress'),
    })
    .map(({ tier, priority, ...rest }) => {
      const own =
        kind === 'ClusterNetworkPolicy' ? { tier, priority } : kind === 'AdminNetworkPolicy' ? { priority } : {}
      return { kind, spec: u.compact({ ...own, ...rest }) }
    })
}

/** C-33: at most one BaselineAdminNetworkPolicy, called `default`. */
export const clusterPolicies: fc.Arbitrary<object[]> = fc
  .record({
    several: fc.array(u.weighted([3, policy('ClusterNetworkPolicy')], [2, policy('AdminNetworkPolicy')]), {
      minLength: 1,
      maxLength: 5,
    }),
    last: u.weighted<object[]>([2, fc.constant([])], [1, fc.tuple(policy('BaselineAdminNetworkPolicy'))]),
  })
  .map(({ several, last }) =>
    [...several, ...last].map((one, n) => {
      const isNew = (one as { kind: string }).kind === 'ClusterNetworkPolicy'
      const isLast = (one as { kind: string }).kind === 'BaselineAdminNetworkPolicy'
      return {
        apiVersion: `policy.networking.k8s.io/${isNew ? 'v1alpha2' : 'v1alpha1'}`,
        ...one,
        metadata: { name: isLast ? 'default' : `c${String(n)}` },
      }
    }),
  )

export const tierCases: fc.Arbitrary<Case> = fc
  .record({
    cluster: clusters,
    ofCluster: clusterPolicies,
    policies: u.weighted<object[]>([1, fc.constant([])], [3, policies]),
    fewer: fc.nat(3),
    options,
    seeds: fc.array(questionSeed, { minLength: 12, maxLength: 12 }),
  })
  .map(({ cluster, ofCluster, policies, fewer, options, seeds }) => {
    const all = [...cluster, ...ofCluster, ...policies.slice(0, 1 + fewer)]
    const objects = JSON.parse(JSON.stringify(all)) as object[]
    const given = withBothFamilies(options, cluster)
    return { objects, options: given, questions: questionsAbout(objects, given.podCidrs ?? [], seeds) }
  })
