import { LIVE } from '../support/live.js'
import type { End, Question } from '../reference/evaluate.js'
import type { Case } from '../reference/generate.js'
import type { Dict, Json } from '../support/laws-json.js'

const NAME = 'kubernetes.io/metadata.name'

/** Two namespaces, five pods that differ in labels, ports and address, and one without an address. */
const WORLD: readonly Dict[] = [
  namespace('x', { team: 'a' }),
  namespace('y', {}),
  pod('x', 'a', { app: 'web', tier: '' }, '10.0.1.1', [['http', 80, 'TCP']]),
  pod('x', 'b', { app: 'db' }, '10.0.1.2', [
    ['http', 81, 'TCP'],
    ['dns', 53, 'UDP'],
  ]),
  pod('y', 'a', { app: 'web' }, '10.0.2.1', [['http', 80, 'UDP']]),
  pod('y', 'b', {}, '10.0.2.2', [['dns', 53, 'TCP']]),
  pod('y', 'c', { app: 'db', tier: 'web' }, null, []),
]

function namespace(name: string, labels: Dict): Dict {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

function pod(
  space: string,
  name: string,
  labels: Dict,
  ip: string | null,
  named: readonly [string, number, string][],
): Dict {
  const ports = named.map(([port, containerPort, protocol]) => ({ name: port, containerPort, protocol }))
  const status = { phase: 'Running', podIP: ip }
  const spec = { nodeName: 'n1', containers: [{ name: 'one', image: 'server', ports }] }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...LIVE, name, namespace: space, labels }, spec, status }
}

const expression = (key: string, operator: string, ...values: readonly string[]): Dict => ({
  matchExpressions: [values.length === 0 ? { key, operator } : { key, operator, values }],
})

const SUBJECTS: readonly Dict[] = [
  {},
  { matchLabels: { app: 'web' } },
  { matchLabels: { tier: '' } },
  expression('app', 'NotIn', 'web'),
  expression('tier', 'Exists'),
  expression('tier', 'DoesNotExist'),
]

const block = (cidr: string, ...except: readonly string[]): Json => ({ ipBlock: { cidr, except } })

const PEERS: readonly (readonly Json[])[] = [
  [],
  ...SUBJECTS.map((podSelector) => [{ podSelector }]),
  ...[{}, { matchLabels: { [NAME]: 'y' } }, expression('team', 'NotIn', 'a'), expression('team', 'Exists')].flatMap(
    (namespaceSelector) => [
      [{ namespaceSelector }],
      [{ namespaceSelector, podSelector: { matchLabels: { app: 'db' } } }],
      [{ namespaceSelector }, { podSelector: { matchLabels: { app: 'db' } } }],
    ],
  ),
  ...['0.0.0.0/0', '10.0.0.0/16', '10.0.1.2/32', '203.0.113.0/24', '::/0'].map((cidr) => [block(cidr)]),
  [block('10.0.0.0/16', '10.0.2.0/24')],
  [block('0.0.0.0/0', '10.0.1.0/30')],
  [block('0.0.0.0/1'), block('128.0.0.0/1')],
]

const PORTS: readonly (readonly Json[])[] = [
  ...[[], [{}], [null], [{ protocol: 'UDP' }]],
  ...[80, 'http', 'dns'].flatMap((port) => [[{ port }], [{ port, protocol: 'UDP' }]]),
  ...[
    [1, 79],
    [80, 81],
    [53, 65535],
  ].map(([port = 1, endPort = 1]) => [{ port, endPort }]),
  [{ port: 81 }, { port: 53, protocol: 'UDP' }],
]

const TYPES: readonly (readonly string[] | null)[] = [null, ['Ingress'], ['Egress'], ['Ingress', 'Egress']]

const SIDES: readonly (readonly ('ingress' | 'egress')[])[] = [['ingress'], ['egress'], ['ingress', 'egress']]

const FLOWS: readonly Question[] = flows()

function flows(): readonly Question[] {
  const pods: readonly End[] = ['x/a', 'x/b', 'y/a', 'y/b', 'y/c'].map((name) => ({ pod: name }))
  const outside: readonly End[] = ['203.0.113.7', '198.51.100.1'].map((address) => ({ address }))
  const pairs = [
    ...pods.flatMap((from) => [...pods, ...outside].map((to) => ({ from, to }))),
    ...outside.flatMap((from) => pods.map((to) => ({ from, to }))),
  ]
  const ports = [
    ['TCP', 80],
    ['TCP', 81],
    ['TCP', 53],
    ['UDP', 53],
    ['UDP', 80],
    ['SCTP', 80],
  ] as const
  return pairs.flatMap((pair) => ports.map(([protocol, port]) => ({ ...pair, protocol, port })))
}

/** How many policies with one rule there are over the small alphabet. */
export const SMALL_POLICIES = SUBJECTS.length * PEERS.length * PORTS.length * TYPES.length * SIDES.length

/** The policy of that number in namespace x, with all flows of a small cluster. */
export function smallPolicy(number: number): Case {
  let rest = number
  const next = <Item>(items: readonly Item[]): Item => {
    const item = items[rest % items.length]
    rest = Math.floor(rest / items.length)
    return item as Item
  }
  const [podSelector, peers, ports, policyTypes, sides] = [
    next(SUBJECTS),
    next(PEERS),
    next(PORTS),
    next(TYPES),
    next(SIDES),
  ]
  const rules = sides.map((side) => [side, [{ [side === 'ingress' ? 'from' : 'to']: peers, ports }]] as const)
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'small', namespace: 'x' },
    spec: { podSelector, policyTypes, ...Object.fromEntries(rules) },
  }
  return { objects: [...WORLD, policy], options: {}, questions: [...FLOWS] }
}
