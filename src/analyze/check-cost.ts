import { selectsPod } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import type { CompiledCluster } from '../engine/compile.js'
import type { Direction } from '../model/flow.js'
import { once } from '../model/once.js'
import type { NetworkPolicy } from '../model/policy.js'
import type { Party } from '../query/party.js'

/** So many pairs of a pod and an entry of a rule are compared in some seconds. */
export const MOST_COMPARISONS = 5_000_000

/**
 * Whether all pairs of two sides take more comparisons for one port than the limit: each pod with the entries of the
 * rules that govern it, for each pod of the other side. Counting ends where the limit is passed, since it costs as well.
 */
export function isTooCostly(
  compiled: CompiledCluster,
  sources: readonly Party[],
  destinations: readonly Party[],
  most = MOST_COMPARISONS,
): boolean {
  let comparisons = 0
  const exceeds = (parties: readonly Party[], direction: Direction, others: number): boolean => {
    const cost = entriesFor(compiled, direction)
    return parties.some((party) => (comparisons += cost(party) * others) > most)
  }
  return exceeds(sources, 'egress', destinations.length) || exceeds(destinations, 'ingress', sources.length)
}

/** How many entries the rules have that govern a party in one direction. */
function entriesFor({ policiesIn }: CompiledCluster, direction: Direction): (party: Party) => number {
  const isolating = once((policies: readonly NetworkPolicy[]) =>
    policies.filter((policy) => policy.isolates[direction]),
  )
  const entriesOf = once((policy: NetworkPolicy) =>
    policy.rules[direction].reduce((sum, { peers }) => sum + 1 + peers.length, 0),
  )
  return (party) => {
    const [pod] = party.kind === 'workload' ? party.pods : []
    const policies = pod === undefined ? undefined : policiesIn.get(pod.namespace)
    if (pod === undefined || policies === undefined) return 0
    return isolating(policies)
      .filter((policy) => canBe(true, selectsPod(policy.subject, pod, { policy, path: ['spec', 'podSelector'] })))
      .reduce((sum, policy) => sum + entriesOf(policy), 0)
  }
}
