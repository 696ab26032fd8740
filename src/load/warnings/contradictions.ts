import type { ClusterPolicy } from '../../model/cluster-policy.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { needsLabel, type Requirement, type Selector } from '../../model/labels.js'
import { entryOf, PEER_FIELD, type AnyPeer, type NetworkPolicy, type Peer } from '../../model/policy.js'
import { isNetworkPolicy } from '../../model/policy-kinds.js'
import type { Path } from '../../model/source.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Selectors whose requirements no set of labels can meet; legal, and they match nothing. */
export const contradictions: Remark = ({ cluster }) =>
  cluster.policies.flatMap((policy) =>
    (isNetworkPolicy(policy) ? placesOf(policy) : placesOfCluster(policy)).flatMap(([path, selector]) => {
      const key = impossibleKey(selector)
      if (key === null) return []
      const message = `the selector can never match: its requirements on \`${key}\` contradict each other`
      return [aboutPolicy(policy, path, { code: 'NP116', severity: 'warning', message })]
    }),
  )

function placesOf(policy: NetworkPolicy): readonly (readonly [Path, Selector])[] {
  const ofPeer = (peer: Peer, path: Path): readonly (readonly [Path, Selector])[] =>
    peer.kind === 'ip-block'
      ? []
      : [
          ...(peer.namespaces === null ? [] : [[[...path, 'namespaceSelector'], peer.namespaces] as const]),
          ...(peer.pods === null ? [] : [[[...path, 'podSelector'], peer.pods] as const]),
        ]
  const ofRules = (direction: Direction) =>
    policy.rules[direction].flatMap((rule, index) =>
      rule.peers.flatMap((peer, entry) => ofPeer(peer, ['spec', direction, index, PEER_FIELD[direction], entry])),
    )
  return [[['spec', 'podSelector'], policy.subject], ...ofRules('ingress'), ...ofRules('egress')]
}

function placesOfCluster({ subject, subjectPath, rules }: ClusterPolicy): readonly (readonly [Path, Selector])[] {
  const ofSelector = (peer: AnyPeer, path: Path): readonly (readonly [Path, Selector])[] => {
    if (peer.kind === 'nodes') return [[[...path, 'nodes'], peer.nodes]]
    if (peer.kind !== 'selector') return []
    // `namespaces` is the selector itself, `pods` has two
    if (peer.pods === null) return peer.namespaces === null ? [] : [[[...path, 'namespaces'], peer.namespaces]]
    const byNamespace =
      peer.namespaces === null ? [] : [[[...path, 'pods', 'namespaceSelector'], peer.namespaces] as const]
    return [...byNamespace, [[...path, 'pods', 'podSelector'], peer.pods]]
  }
  const ofRules = DIRECTIONS.flatMap((direction) =>
    rules[direction].flatMap(({ peers }, index) =>
      peers.flatMap((peer, at) => {
        const entry = entryOf(peers, at)
        return ofSelector(peer, ['spec', direction, index, PEER_FIELD[direction], entry])
      }),
    ),
  )
  return [...ofSelector(subject, subjectPath.slice(0, -1)), ...ofRules]
}

function impossibleKey({ requirements }: Selector): string | null {
  // It takes two to contradict each other
  if (requirements.length < 2) return null
  const byKey = grouped(requirements, ({ key }) => key)
  return [...byKey.keys()].find((key) => !satisfiable(byKey.get(key) ?? [])) ?? null
}

function satisfiable(requirements: readonly Requirement[]): boolean {
  const present = requirements.some(needsLabel)
  const absent = requirements.some(({ operator }) => operator === 'DoesNotExist')
  if (present && absent) return false
  const allowed = requirements.filter(({ operator }) => operator === 'In').map(({ values }) => values)
  const refused = requirements.filter(({ operator }) => operator === 'NotIn').flatMap(({ values }) => values)
  return (
    allowed.length === 0 ||
    (allowed[0] ?? []).some((value) => allowed.every((values) => values.includes(value)) && !refused.includes(value))
  )
}
