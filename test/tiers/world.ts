/** Small clusters with policies in all tiers, said plainly: no kind of policy is read into the Admin and Baseline tiers yet. */
import fc from 'fast-check'
import { clusterOf } from '../support/compare.js'
import { LIVE } from '../support/live.js'

export type Protocol = 'TCP' | 'UDP'
export type Tier = 'Admin' | 'NetworkPolicy' | 'Baseline'

/** Label values by key; null asks for the key alone. */
export type Labels = Readonly<Record<string, string | null>>

export interface Named {
  readonly namespaces: Labels | null
  readonly pods: Labels | null
}

export interface Network {
  readonly cidr: string
}

export interface Port {
  readonly protocol: Protocol
  readonly port: number | readonly [number, number] | string | null
}

export interface Rule {
  readonly action: 'accept' | 'deny' | 'pass'
  readonly peers: readonly (Named | Network)[]
  readonly ports: readonly Port[]
}

/** Null rules: the policy says nothing of the direction. */
export interface Policy {
  readonly tier: Tier
  readonly order: number
  readonly name: string
  readonly home: string | null
  readonly subject: Named
  readonly ingress: readonly Rule[] | null
  readonly egress: readonly Rule[] | null
}

export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly address: string
  readonly host: boolean
  readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly port: number }[]
}

export interface World {
  readonly policies: readonly Policy[]
  readonly hostNetwork: 'ignore' | 'enforce'
  readonly ipblockPods: 'match' | 'never'
}

export const NAMESPACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  x: { team: 'p' },
  y: { team: 'q' },
  z: { team: 'p', env: 'prod' },
}

const HTTP = { name: 'http', protocol: 'TCP', port: 80 } as const
const DNS = { name: 'dns', protocol: 'UDP', port: 53 } as const
const pod = (namespace: string, name: string, address: string, labels: Pod['labels'], ...ports: Pod['ports']): Pod => ({
  ...{ namespace, name, address, labels, ports },
  host: name === 'h',
})

export const PODS: readonly Pod[] = [
  pod('x', 'a', '10.0.1.1', { app: 'a' }, HTTP),
  pod('x', 'b', '10.0.1.2', { app: 'b', canary: '1' }, { ...HTTP, port: 8080 }, DNS),
  pod('y', 'a', '10.0.2.1', { app: 'a' }, HTTP, { ...HTTP, port: 81 }),
  pod('y', 'c', '10.0.2.2', { app: 'c' }),
  pod('z', 'b', '10.0.3.1', { app: 'b' }, DNS),
  pod('z', 'h', '192.168.0.9', { app: 'a' }, HTTP),
]

export const OUTSIDE = ['10.0.9.9', '192.0.2.1', '172.16.5.5'] as const

/** Every port at which some rule may begin or end, and its neighbours. */
export const ASKED: readonly (readonly [Protocol, number])[] = [
  ...[1, 53, 79, 80, 81, 82, 90, 91, 8080, 65535].map((port) => ['TCP', port] as const),
  ...[1, 53, 54, 80].map((port) => ['UDP', port] as const),
]

/** The cluster without its policies, which are given as forms. */
export const cluster = clusterOf([
  ...Object.entries(NAMESPACES).map(([name, labels]) => ({
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { name, labels },
  })),
  ...PODS.map(({ namespace, name, labels, address, host, ports }) => ({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { namespace, name, labels, ...LIVE },
    spec: {
      nodeName: host ? 'n9' : 'n1',
      hostNetwork: host,
      containers: [
        { name: 'c', image: 'i', ports: ports.slice(0, 1).map(asPort) },
        { name: 'd', image: 'i', ports: ports.slice(1).map(asPort) },
      ],
    },
    status: {
      phase: 'Running',
      hostIP: host ? address : '192.168.0.1',
      podIP: address,
      podIPs: [{ ip: address }],
    },
  })),
])

function asPort({ name, protocol, port }: Pod['ports'][number]) {
  return { name, protocol, containerPort: port }
}

const pick = fc.constantFrom
const labels: fc.Arbitrary<Labels> = pick<Labels>(
  {},
  { app: 'a' },
  { app: 'b' },
  { canary: null },
  { app: 'a', canary: '1' },
)
const ofNamespaces: fc.Arbitrary<Labels> = pick<Labels>({}, { team: 'p' }, { team: 'q' }, { env: null })
const named: fc.Arbitrary<Named> = fc.record({ namespaces: ofNamespaces, pods: fc.option(labels) })
const network: fc.Arbitrary<Network> = pick(
  ...['0.0.0.0/0', '10.0.0.0/8', '10.0.1.0/24', '10.0.1.1/32', '192.0.2.0/24', '192.168.0.0/24'].map((cidr) => ({
    cidr,
  })),
)
const ports: fc.Arbitrary<readonly Port[]> = fc.array(
  fc.record<Port>({
    protocol: pick<Protocol>('TCP', 'TCP', 'UDP'),
    port: pick<Port['port']>(80, 81, 53, 8080, [80, 90], [1, 65535], 'http', 'dns', null),
  }),
  { maxLength: 2 },
)

function rules(
  actions: readonly Rule['action'][],
  peer: fc.Arbitrary<Named | Network>,
): fc.Arbitrary<readonly Rule[] | null> {
  const rule = fc.record<Rule>({ action: pick(...actions), peers: fc.array(peer, { maxLength: 2 }), ports })
  return fc.option(fc.array(rule, { maxLength: 3 }), { freq: 4 })
}

const ACTIONS = ['accept', 'deny', 'pass'] as const
const admin: fc.Arbitrary<Policy> = fc.record({
  tier: pick<Tier>('Admin', 'Admin', 'Baseline'),
  order: pick(0, 1, 2, 10),
  name: fc.constant(''),
  home: fc.constant(null),
  subject: named,
  ingress: rules(ACTIONS, fc.oneof(named, network)),
  egress: rules(ACTIONS, fc.oneof(named, network)),
})
const local: fc.Arbitrary<Named> = fc.record({ namespaces: fc.option(ofNamespaces), pods: fc.option(labels) })
const networkPolicy: fc.Arbitrary<Policy> = fc.record({
  tier: fc.constant<Tier>('NetworkPolicy'),
  order: fc.constant(0),
  name: fc.constant(''),
  home: pick('x', 'y', 'z'),
  subject: fc.record({ namespaces: fc.constant(null), pods: labels }),
  ingress: rules(['accept'], fc.oneof(local, network)),
  egress: rules(['accept'], fc.oneof(local, network)),
})

export const worlds: fc.Arbitrary<World> = fc
  .record({
    policies: fc.array(fc.oneof(admin, admin, networkPolicy), { maxLength: 8 }),
    hostNetwork: pick<World['hostNetwork']>('ignore', 'enforce'),
    ipblockPods: pick<World['ipblockPods']>('match', 'never'),
  })
  .map((world) => ({ ...world, policies: world.policies.map((policy, index) => ({ ...policy, name: `p${index}` })) }))
