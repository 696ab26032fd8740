import { selectsPod } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import type { CompiledCluster } from '../engine/compile.js'
import type { Direction } from '../model/flow.js'
import { once } from '../model/once.js'
import type { NetworkPolicy } from '../model/policy.js'
import type { Party } from '../query/party.js'

/** So many pairs of a pod and an entry of a rule are compared in some seconds. */
export const MOST_COMPARISONS = 5_000_000

/** How many comparisons every pair of two sides takes for one port: the entries of the rules that govern each end. */
export function comparisons(
  compiled: CompiledCluster,
  sources: readonly Party[],
  destinations: readonly Party[],
): number {
  const entries = (direction: Direction) => {
    const of = once((policy: NetworkPolicy) =>
      policy.rules[direction].reduce((sum, { peers }) => sum + 1 + peers.length, 0),
    )
    return (party: Party): number => {
      if (party.kind !== 'workload') return 0
      const [pod] = party.pods
      if (pod === undefined) return 0
      return (compiled.policiesIn.get(pod.namespace) ?? [])
        .filter((policy) => policy.isolates[direction])
        .filter((policy) => canBe(true, selectsPod(policy.subject, pod, { policy, path: ['spec', 'podSelector'] })))
        .reduce((sum, policy) => sum + of(policy), 0)
    }
  }
  const sum = (parties: readonly Party[], cost: (party: Party) => number) =>
    parties.reduce((all, party) => all + cost(party), 0)
  return sum(sources, entries('egress')) * destinations.length + sum(destinations, entries('ingress')) * sources.length
}
