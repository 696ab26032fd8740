import type { Namespace, Pod } from '../../model/cluster.js'
import type { Direction } from '../../model/flow.js'
import { grouped } from '../../model/grouped.js'
import { selects } from '../../model/labels.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type PortRule, type Rule } from '../../model/policy.js'
import { contains } from '../../net/ranges.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Port names in policies that no pod they could apply to declares, or with another protocol (A-54b to d). */
export const portNames: Remark = (context) => {
  // By namespace, because most rules are about one: a loop over every pod for every rule would be quadratic.
  const pods = grouped(
    context.cluster.workloads.flatMap((workload) => workload.pods),
    ({ namespace }) => namespace,
  )
  return context.cluster.policies.flatMap((policy) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      policy.isolates[direction] ? rulesOf(policy, direction, { pods, namespaces: context.cluster.namespaces }) : [],
    ),
  )
}

interface Places {
  readonly pods: ReadonlyMap<string, readonly Pod[]>
  readonly namespaces: ReadonlyMap<string, Namespace>
}

function rulesOf(policy: NetworkPolicy, direction: Direction, places: Places) {
  return policy.rules[direction].flatMap((rule, index) =>
    rule.ports.flatMap((entry, portIndex) => {
      if (typeof entry.port !== 'string') return []
      const said = judge(entry, entry.port, policy, direction, rule, places)
      const path = ['spec', direction, index, 'ports', portIndex]
      return said === null ? [] : [aboutPolicy(policy, path, { severity: 'warning', ...said })]
    }),
  )
}

type Said = { code: 'NP118' | 'NP119' | 'NP120'; message: string }

function judge(
  { protocol }: PortRule,
  name: string,
  policy: NetworkPolicy,
  direction: Direction,
  rule: Rule,
  places: Places,
): Said | null {
  const pods = destinations(policy, direction, rule, places)
  if (pods.length === 0) {
    const outside =
      direction === 'egress' && rule.peers.length > 0 && rule.peers.every(({ kind }) => kind === 'ip-block')
    return outside
      ? {
          code: 'NP120',
          message: `the port name \`${name}\` never matches an address outside the cluster, and the blocks of \`${PEER_FIELD[direction]}\` hold no known pod`,
        }
      : null
  }
  const declared = pods.flatMap(({ ports }) => ports).filter((port) => port.name === name)
  if (declared.some((port) => port.protocol === protocol)) return null
  const others = [...new Set(declared.map((port) => port.protocol))].join(' and ')
  return declared.length === 0
    ? {
        code: 'NP118',
        message: `no pod that this rule is about declares a port named \`${name}\`, so the entry opens nothing`,
      }
    : {
        code: 'NP119',
        message: `\`${name}\` is declared as ${others}, and the entry is for ${protocol}, so it opens nothing`,
      }
}

/** The pods whose ports the names of a rule could stand for: names live on the destination. */
function destinations(policy: NetworkPolicy, direction: Direction, rule: Rule, places: Places): readonly Pod[] {
  const { subject, namespace } = policy
  if (direction === 'ingress') return (places.pods.get(namespace) ?? []).filter((pod) => selects(subject, pod.labels))
  if (rule.peers.length === 0) return [...places.pods.values()].flat()
  return rule.peers.flatMap((peer) => podsOf(peer, namespace, places))
}

function podsOf(peer: Peer, ownNamespace: string, { pods, namespaces }: Places): readonly Pod[] {
  if (peer.kind === 'ip-block') {
    return [...pods.values()].flat().filter(({ addresses }) => addresses.some((it) => contains(peer.cidr, it)))
  }
  const { namespaces: wanted, pods: selector } = peer
  const named =
    wanted === null
      ? [ownNamespace]
      : [...pods.keys()].filter((name) => selects(wanted, namespaces.get(name)?.labels ?? new Map<string, string>()))
  const found = named.flatMap((name) => pods.get(name) ?? [])
  return selector === null ? found : found.filter(({ labels }) => selects(selector, labels))
}
