import type { CompiledCluster } from '../engine/compile.js'
import { isPassedOver, chosenReading } from '../engine/readings.js'
import { selects } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import { DIRECTIONS, type Direction } from '../model/direction.js'
import type { FormRule, RuleForm, TierName } from '../policy/rule-form.js'
import type { WorkloadParty } from '../query/party.js'
import { covers } from './rule-cover.js'

/** The policies that govern a workload, tier by tier in the order in which they are asked. */
export interface GovernedWorkload {
  readonly party: WorkloadParty
  /** Policies do not see it, because it is on its host's network. */
  readonly isPassedOver: boolean
  readonly directions: Readonly<Record<Direction, GovernedDirection>>
}

/** What governs one direction. */
export interface GovernedDirection {
  /** Whether NetworkPolicies isolate it; null where that depends on a label that the input does not say. */
  readonly isIsolated: boolean | null
  readonly policies: readonly GoverningPolicy[]
}

/** A policy that selects a workload and counts in a direction. */
export interface GoverningPolicy {
  readonly policy: RuleForm
  readonly tier: TierName
  /** Whether the input leaves open that it selects the workload (D-5, A-28). */
  readonly isUncertain: boolean
  readonly rules: readonly GoverningRule[]
}

/** A rule of such a policy. */
export interface GoverningRule {
  readonly rule: FormRule
  /** An earlier rule that decides whatever this one matches, so that it is never asked; else null. */
  readonly decidedBefore: FormRule | null
}

/** Finds what governs a workload in both directions. */
export function governedWorkload(compiled: CompiledCluster, party: WorkloadParty): GovernedWorkload {
  const [pod] = party.pods
  if (pod === undefined) throw new Error(`the workload ${party.workload.id} has no pods`)
  return {
    party,
    isPassedOver: isPassedOver(pod, chosenReading(compiled)),
    directions: Object.fromEntries(
      DIRECTIONS.map((direction) => [direction, governedDirection(compiled, party, direction)] as const),
    ) as Record<Direction, GovernedDirection>,
  }
}

function governedDirection(
  compiled: CompiledCluster,
  { pods: [pod] }: WorkloadParty,
  direction: Direction,
): GovernedDirection {
  if (pod === undefined) return { isIsolated: false, policies: [] }
  const earlier: FormRule[] = []
  const isolating: boolean[] = []
  const policies = compiled.tiers.flatMap(({ tier, policiesIn }) =>
    policiesIn(pod.namespace).flatMap((policy): readonly GoverningPolicy[] => {
      if (!policy.applies[direction]) return []
      const site = { policy: policy.ref, path: policy.subjectPath }
      const selected = selects(policy.subject, policy.home, compiled.cluster, pod, site)
      if (!canBe(true, selected)) return []
      const isUncertain = canBe(false, selected)
      const rules = policy.rules[direction].map((rule) => {
        const decidedBefore = earlier.find((one) => covers(one, rule)) ?? null
        // What only may select the workload, or hands on, decides nothing for sure
        if (tier.decides === 'first-match' && !isUncertain) earlier.push(rule)
        return { rule, decidedBefore }
      })
      if (tier.decides === 'isolation') isolating.push(!isUncertain)
      return [{ policy, tier: tier.name, isUncertain, rules }]
    }),
  )
  return { isIsolated: isolating.includes(true) ? true : isolating.length > 0 ? null : false, policies }
}
