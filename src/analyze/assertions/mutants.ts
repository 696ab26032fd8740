import { DIRECTIONS, type Direction } from '../../model/direction.js'
import type { ClusterPolicy } from '../../model/cluster-policy.js'
import { entryOf, PEER_FIELD, type NetworkPolicy, type Peer, type Placed, type Rule } from '../../model/policy.js'
import { isNetworkPolicy, PORT_FIELD, type Policy } from '../../model/policy-kinds.js'
import type { Path } from '../../model/source.js'

/** What a mutant does to a policy. */
export type MutationKind =
  | 'remove-rule'
  | 'remove-peer'
  | 'remove-port'
  | 'unisolate'
  | 'any-peer'
  | 'any-port'
  | 'any-pod'
  | 'any-namespace'
  | 'drop-except'

/** A policy with one place changed. */
export interface Mutant {
  readonly mutation: MutationKind
  readonly policy: Policy
  readonly changed: Policy
  readonly direction: Direction
  readonly path: Path
}

const ANYTHING = { requirements: [] } as const

/** Every mutant of a policy, in the order of its places. */
export function mutantsOf(policy: Policy): readonly Mutant[] {
  return isNetworkPolicy(policy) ? ofNetworkPolicy(policy) : ofClusterPolicy(policy)
}

/**
 * A policy of the cluster loses a rule, a peer or a port. The order of its rules says something, so that there is no telling which of
 * them opens: it is tried on the matrix like every other.
 */
function ofClusterPolicy(policy: ClusterPolicy): readonly Mutant[] {
  return DIRECTIONS.flatMap((direction) =>
    policy.rules[direction].flatMap((rule, index) => {
      const mutant = (mutation: MutationKind, put: readonly (typeof rule)[], ...below: Path): Mutant => {
        const rules = policy.rules[direction].flatMap((one, at) => (at === index ? put : [one]))
        const changed = { ...policy, rules: { ...policy.rules, [direction]: rules } }
        return { mutation, policy, changed, direction, path: ['spec', direction, index, ...below] }
      }
      const { peers, ports } = rule
      return [
        mutant('remove-rule', []),
        ...entriesOf(peers).map((entry) =>
          mutant('remove-peer', [{ ...rule, peers: withoutEntry(peers, entry) }], PEER_FIELD[direction], entry),
        ),
        ...entriesOf(ports).map((entry) =>
          mutant('remove-port', [{ ...rule, ports: withoutEntry(ports, entry) }], PORT_FIELD[policy.kind], entry),
        ),
      ]
    }),
  )
}

/** The entries of a list of which there are several: without the last one the rule would be about everything. */
function entriesOf(list: readonly Placed[]): readonly number[] {
  const entries = [...new Set(list.map((_, index) => entryOf(list, index)))]
  return entries.length < 2 ? [] : entries
}

function withoutEntry<Item extends Placed>(list: readonly Item[], entry: number): readonly Item[] {
  return list.filter((_, index) => entryOf(list, index) !== entry)
}

/** Isolation stays but for `unisolate`. */
function ofNetworkPolicy(policy: NetworkPolicy): readonly Mutant[] {
  return DIRECTIONS.filter((direction) => policy.isolates[direction]).flatMap((direction) => {
    const free = { ...policy, isolates: { ...policy.isolates, [direction]: false } }
    const path: Path = ['spec', 'policyTypes']
    return [
      { mutation: 'unisolate', policy, changed: free, direction, path } as const,
      ...policy.rules[direction].flatMap((rule, index) => ofRule(policy, direction, rule, index)),
    ]
  })
}

function ofRule(policy: NetworkPolicy, direction: Direction, rule: Rule, index: number): readonly Mutant[] {
  const field = PEER_FIELD[direction]
  const { peers, ports } = rule
  const mutant = (mutation: MutationKind, put: readonly Rule[], ...below: Path): Mutant => {
    const rules = policy.rules[direction].flatMap((one, at) => (at === index ? put : [one]))
    const changed = { ...policy, rules: { ...policy.rules, [direction]: rules } }
    return { mutation, policy, changed, direction, path: ['spec', direction, index, ...below] }
  }
  const withPeers = (changed: readonly Peer[]): readonly Rule[] => [{ ...rule, peers: changed }]
  return [
    mutant('remove-rule', []),
    // The last one would open the rule to all
    ...(peers.length < 2 ? [] : peers.map((_, at) => mutant('remove-peer', withPeers(without(peers, at)), field, at))),
    ...(ports.length < 2
      ? []
      : ports.map((_, at) => mutant('remove-port', [{ ...rule, ports: without(ports, at) }], 'ports', at))),
    ...(peers.length === 0 ? [] : [mutant('any-peer', withPeers([]), field)]),
    ...(ports.length === 0 ? [] : [mutant('any-port', [{ ...rule, ports: [] }], 'ports')]),
    ...peers.flatMap((peer, at) =>
      widened(peer).map(({ mutation, wide, below }) =>
        mutant(mutation, withPeers(peers.map((one, place) => (place === at ? wide : one))), field, at, ...below),
      ),
    ),
  ]
}

interface Widening {
  readonly mutation: MutationKind
  readonly wide: Peer
  readonly below: Path
}

/** A peer with one of its conditions taken away. */
function widened(peer: Peer): readonly Widening[] {
  if (peer.kind === 'ip-block')
    return peer.except.map((_, at) => ({
      mutation: 'drop-except',
      wide: { ...peer, except: without(peer.except, at) },
      below: ['ipBlock', 'except', at],
    }))
  const { namespaces, pods } = peer
  const anyPod: readonly Widening[] =
    pods === null || pods.requirements.length === 0
      ? []
      : [{ mutation: 'any-pod', wide: { ...peer, pods: ANYTHING }, below: ['podSelector'] }]
  const isAnywhere = namespaces !== null && namespaces.requirements.length === 0
  return isAnywhere
    ? anyPod
    : [...anyPod, { mutation: 'any-namespace', wide: { ...peer, namespaces: ANYTHING }, below: ['namespaceSelector'] }]
}

function without<Item>(items: readonly Item[], at: number): readonly Item[] {
  return items.filter((_, index) => index !== at)
}
