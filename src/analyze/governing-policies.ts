import type { CompiledCluster, CompiledTier } from '../engine/compile.js'
import { isPassedOver, chosenReading } from '../engine/readings.js'
import { selects } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import type { Cluster, Pod } from '../model/cluster.js'
import type { Direction } from '../model/direction.js'
import { TooCostly } from '../model/too-costly.js'
import type { FormRule, RuleForm, TierName } from '../policy/rule-form.js'
import type { WorkloadParty } from '../query/party.js'
import { deciders, type GoverningTier } from './decided-before.js'

/** How many policies are asked whether they select a workload; telling a rule counts as many of them as it takes as long. */
const MOST_STEPS = 10_000_000
const STEPS_OF_RULE = 50

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
  /** An earlier rule that decides or hands on whatever this one matches, so that it is never asked; null where none is known. */
  readonly decidedBefore: FormRule | null
}

/** Finds what governs workloads of a cluster in both directions. */
export function governing(compiled: CompiledCluster): (party: WorkloadParty) => GovernedWorkload {
  const reading = chosenReading(compiled)
  const decidedBefore = deciders(reading)
  let left = MOST_STEPS
  const spend = (steps: number) => {
    left -= steps
    if (left < 0)
      throw new TooCostly(
        'so many rules govern so many workloads that they are not listed',
        'ask about fewer workloads',
      )
  }
  return (party) => {
    const [pod] = party.pods
    if (pod === undefined) throw new Error(`the workload ${party.workload.id} has no pods`)
    const inDirection = (direction: Direction): GovernedDirection => {
      const tiers = compiled.tiers.map(({ tier, policiesIn }) => {
        // Policies of the cluster never see pods on their hosts' networks (C-11)
        const policies = pod.hostNetwork && tier.settled.hostNetwork === 'ignore' ? [] : policiesIn(pod.namespace)
        spend(policies.length)
        return { tier, policies: policies.flatMap((policy) => governs(compiled.cluster, pod, policy, direction)) }
      })
      const rules = tiers.flatMap(({ policies }) => policies.flatMap(({ policy }) => policy.rules[direction]))
      spend(STEPS_OF_RULE * rules.length)
      return governedDirection(tiers, direction, decidedBefore(tiers, direction))
    }
    return {
      party,
      isPassedOver: isPassedOver(pod, reading),
      directions: { ingress: inDirection('ingress'), egress: inDirection('egress') },
    }
  }
}

type Tiers = readonly (GoverningTier & Pick<CompiledTier, 'tier'>)[]

/** A policy that governs a pod in a direction, or may; nothing where it surely does not. */
function governs(cluster: Cluster, pod: Pod, policy: RuleForm, direction: Direction): GoverningTier['policies'] {
  if (!policy.applies[direction]) return []
  const site = { policy: policy.ref, path: policy.subjectPath }
  const selected = selects(policy.subject, policy.home, cluster, pod, site)
  return canBe(true, selected) ? [{ policy, isUncertain: canBe(false, selected) }] : []
}

function governedDirection(
  tiers: Tiers,
  direction: Direction,
  before: ReadonlyMap<FormRule, FormRule>,
): GovernedDirection {
  const isolating = tiers.filter(({ tier }) => tier.decides === 'isolation').flatMap(({ policies }) => policies)
  return {
    isIsolated: isolating.some(({ isUncertain }) => !isUncertain) ? true : isolating.length > 0 ? null : false,
    policies: tiers.flatMap(({ tier, policies }) =>
      policies.map(({ policy, isUncertain }) => ({
        policy,
        tier: tier.name,
        isUncertain,
        rules: policy.rules[direction].map((rule) => ({ rule, decidedBefore: before.get(rule) ?? null })),
      })),
    ),
  }
}
