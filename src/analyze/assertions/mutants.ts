import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type Rule } from '../../model/policy.js'
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
  readonly policy: NetworkPolicy
  readonly changed: NetworkPolicy
  readonly direction: Direction
  readonly path: Path
}

const ANYTHING = { requirements: [] } as const

/** Every mutant of a policy, in the order of its places. Isolation stays but for `unisolate`. */
export function mutantsOf(policy: NetworkPolicy): readonly Mutant[] {
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
