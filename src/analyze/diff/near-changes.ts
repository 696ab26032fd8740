import { DIRECTIONS } from '../../model/direction.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { ruleForms } from '../../policy/rule-forms.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import type { DiffSide, SideName } from './joint-world.js'
import { otherEnds } from './other-ends.js'
import { isSameGround } from './same-ground.js'
import { touchedBy, type Touched } from './touched.js'

/** The part of two sides that policies which differ can have to do with. */
export interface NearChanges {
  readonly touched: Touched
  /** The endpoints that are touched, and those at the other end where one direction of a touched one may be open otherwise. */
  readonly ends: ReadonlySet<EndpointPair>
  /** Both sides with these endpoints only, the policies that may govern them, and all that differ. */
  readonly sides: Readonly<Record<SideName, DiffSide>>
}

/**
 * Narrows two sides of which only policies differ to what these can have changed; null where anything else differs, or they may
 * have changed nearly everything.
 *
 * What is open from one endpoint to another is what the egress of the one and the ingress of the other open. Each direction is
 * decided by the policies that may govern its endpoint alone, in an order that other policies have no say in. So it is the same on
 * both sides wherever none of them differs; and where one does, it is computed for both sides from these policies alone, as things
 * stand. Only that counts as a change; how sure one is, is asked with all policies of both its ends.
 */
export function nearChanges(
  base: DiffSide,
  head: DiffSide,
  pairs: readonly EndpointPair[],
  policies: readonly MixedPolicy[],
): NearChanges | null {
  if (!isSameGround(base, head, pairs)) return null
  const changed = new Set(
    policies
      .filter(({ edits }) => edits.length > 0)
      .flatMap((policy) => [policy.base, policy.head])
      .filter((form) => form !== null),
  )
  const touched = touchedBy([...changed], head.cluster, pairs)
  const own = new Set(DIRECTIONS.flatMap((direction) => [...touched[direction]]))
  const others = otherEnds(sidesWith(base, head, pairs, own, changed), pairs, policies, touched)
  if (others === null) return null
  const ends = new Set([...own, ...others])
  return { touched, ends, sides: sidesWith(base, head, [...ends], ends, changed) }
}

/** Both sides with some endpoints, and with the policies that may govern `governed` ones or that differ. */
function sidesWith(
  base: DiffSide,
  head: DiffSide,
  ends: readonly EndpointPair[],
  governed: ReadonlySet<EndpointPair>,
  changed: ReadonlySet<RuleForm>,
): Readonly<Record<SideName, DiffSide>> {
  const homes = new Set<string | null>([null, ...[...governed].map((pair) => workloadOf(pair).namespace)])
  const sideOf = ({ cluster, options }: DiffSide, name: SideName): DiffSide => {
    const own = new Set(ends.map((pair) => pair[name]?.party.workload))
    const forms = ruleForms(cluster.policies)
    return {
      options,
      cluster: {
        ...cluster,
        workloads: cluster.workloads.filter((workload) => own.has(workload)),
        policies: cluster.policies.filter((_, index) => {
          const form = forms[index]
          return form !== undefined && (homes.has(form.home) || changed.has(form))
        }),
      },
    }
  }
  return { base: sideOf(base, 'base'), head: sideOf(head, 'head') }
}
