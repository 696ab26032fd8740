import type { Namespace, Pod } from '../../model/cluster.js'
import type { Direction } from '../../model/direction.js'
import type { Protocol } from '../../model/protocol.js'
import { grouped } from '../../model/grouped.js'
import { selects } from '../../model/labels.js'
import { lazy, once } from '../../model/once.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type PortRule, type Rule } from '../../model/policy.js'
import { isNetworkPolicy } from '../../model/policy-kinds.js'
import { contains } from '../../net/ranges.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Port names in policies that no pod they could apply to declares, or with another protocol (A-54b to d). */
export const portNames: Remark = (context) => {
  if (context.incompleteIn.size > 0) return []
  // By namespace, because most rules are about one: a loop over every pod for every rule would be quadratic.
  const pods = grouped(
    context.cluster.workloads.flatMap((workload) => workload.pods),
    ({ namespace }) => namespace,
  )
  const everywhere = [...pods.values()].flat()
  const places: Places = { pods, everywhere, namespaces: context.cluster.namespaces, declaredBy: once(protocolsByName) }
  return context.cluster.policies
    .filter(isNetworkPolicy)
    .flatMap((policy) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        policy.isolates[direction] ? rulesOf(policy, direction, places) : [],
      ),
    )
}

interface Places {
  readonly pods: ReadonlyMap<string, readonly Pod[]>
  readonly everywhere: readonly Pod[]
  readonly namespaces: ReadonlyMap<string, Namespace>
  /** The protocols of each port name of some pods, found once for all the names of a rule. */
  readonly declaredBy: (pods: readonly Pod[]) => ReadonlyMap<string, ReadonlySet<Protocol>>
}

function protocolsByName(pods: readonly Pod[]): ReadonlyMap<string, ReadonlySet<Protocol>> {
  const found = new Map<string, Set<Protocol>>()
  for (const { ports } of pods) {
    for (const { name, protocol } of ports) {
      if (name !== null) found.set(name, (found.get(name) ?? new Set()).add(protocol))
    }
  }
  return found
}

function rulesOf(policy: NetworkPolicy, direction: Direction, places: Places) {
  // Names live on the destination: for ingress that is what the policy selects, whatever the rule says.
  const selected = lazy(() => subjectsOf(policy, places))
  return policy.rules[direction].flatMap((rule, index) => {
    const pods = lazy(() => (direction === 'ingress' ? selected() : peersOf(policy, rule, places)))
    return rule.ports.flatMap((entry, portIndex) => {
      if (typeof entry.port !== 'string') return []
      const said = faultOf(entry, entry.port, direction, rule, pods(), places)
      const path = ['spec', direction, index, 'ports', portIndex]
      return said === null ? [] : [aboutPolicy(policy, path, { severity: 'warning', ...said })]
    })
  })
}

type Said = { code: 'NP118' | 'NP119' | 'NP120'; message: string }

function faultOf(
  { protocol }: PortRule,
  name: string,
  direction: Direction,
  rule: Rule,
  pods: readonly Pod[],
  { declaredBy }: Places,
): Said | null {
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
  const declared = declaredBy(pods).get(name)
  const isInitial = pods.some(({ initPorts }) => initPorts.some((port) => port.name === name))
  if (declared?.has(protocol) === true) return null
  return declared === undefined
    ? {
        code: 'NP118',
        message: `no pod that this rule is about declares a port named \`${name}\`${isInitial ? ', only init containers do, which do not count' : ''}, so the entry opens nothing`,
      }
    : {
        code: 'NP119',
        message: `\`${name}\` is declared as ${[...declared].join(' and ')}, and the entry is for ${protocol}, so it opens nothing`,
      }
}

function subjectsOf({ subject, namespace }: NetworkPolicy, { pods }: Places): readonly Pod[] {
  return (pods.get(namespace) ?? []).filter((pod) => selects(subject, pod.labels))
}

function peersOf({ namespace }: NetworkPolicy, { peers }: Rule, places: Places): readonly Pod[] {
  return peers.length === 0 ? places.everywhere : peers.flatMap((peer) => podsOf(peer, namespace, places))
}

function podsOf(peer: Peer, ownNamespace: string, { pods, everywhere, namespaces }: Places): readonly Pod[] {
  if (peer.kind === 'ip-block') {
    return everywhere.filter(({ addresses }) => addresses.some((it) => contains(peer.cidr, it)))
  }
  const { namespaces: wanted, pods: selector } = peer
  const named =
    wanted === null
      ? [ownNamespace]
      : [...pods.keys()].filter((name) => selects(wanted, namespaces.get(name)?.labels ?? new Map<string, string>()))
  const found = named.flatMap((name) => pods.get(name) ?? [])
  return selector === null ? found : found.filter(({ labels }) => selects(selector, labels))
}
