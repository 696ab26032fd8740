import { DIRECTIONS, type Direction } from './direction.js'
import type { Selector } from './labels.js'
import { once } from './once.js'
import type { IpBlock, NetworkPolicy, PortRule } from './policy.js'

/** All by which policies tell traffic apart. Whoever cuts ports, addresses or labels where an answer may change asks for it. */
export interface Criteria {
  /** What pods are told apart by: as subjects and as peers. */
  readonly pods: readonly Selector[]
  readonly namespaces: readonly Selector[]
  readonly blocks: readonly IpBlock[]
  readonly ports: readonly PortRule[]
}

/** The criteria of policies of any kind, in the order of the manifests; those of their rules in some directions only. */
export function criteriaOf(
  policies: readonly NetworkPolicy[],
  directions: readonly Direction[] = DIRECTIONS,
): Criteria {
  const all = policies.flatMap((policy) => directions.map((direction) => OF_POLICY[direction](policy)))
  return {
    pods: all.flatMap(({ pods }) => pods),
    namespaces: all.flatMap(({ namespaces }) => namespaces),
    blocks: all.flatMap(({ blocks }) => blocks),
    ports: all.flatMap(({ ports }) => ports),
  }
}

const OF_POLICY: Readonly<Record<Direction, (policy: NetworkPolicy) => Criteria>> = {
  ingress: once((policy) => OF_KIND[policy.kind](policy, 'ingress')),
  egress: once((policy) => OF_KIND[policy.kind](policy, 'egress')),
}

/** What each kind of policy looks at in one direction: a kind that is not in here does not compile. */
const OF_KIND: Readonly<Record<NetworkPolicy['kind'], (policy: NetworkPolicy, direction: Direction) => Criteria>> = {
  NetworkPolicy(policy, direction) {
    const rules = policy.rules[direction]
    const peers = rules.flatMap((rule) => rule.peers)
    const selecting = peers.flatMap((peer) => (peer.kind === 'selector' ? [peer] : []))
    return {
      pods: [policy.subject, ...selecting.flatMap(({ pods }) => pods ?? [])],
      namespaces: selecting.flatMap(({ namespaces }) => namespaces ?? []),
      blocks: peers.flatMap((peer) => (peer.kind === 'ip-block' ? [peer] : [])),
      ports: rules.flatMap(({ ports }) => ports),
    }
  },
}
