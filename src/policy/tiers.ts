import { grouped } from '../model/grouped.js'
import type { Reason } from '../model/verdict.js'
import type { RuleForm, TierName } from './rule-form.js'

/** A row of the table of tiers. What a tier does not decide is decided by the next one; what none decides is allowed (C-1). */
export interface Tier {
  readonly name: TierName
  /**
   * `first-match`: policies by their order, rules as they stand, and the first that matches decides (C-2). `isolation`: a pod
   * that some policy selects is closed but for the union of the rules of all of them.
   */
  readonly decides: 'first-match' | 'isolation'
  /** Why a direction is open or closed that this tier decides. */
  readonly reasons: { readonly accept: RuleReason; readonly deny: RuleReason | 'no-rule-matched' }
  /** What is left open for NetworkPolicies and specified for this tier: pods on the host's network (C-11), blocks and pods (C-16). */
  readonly settled: { readonly hostNetwork?: 'ignore'; readonly ipblockPods?: 'match' }
}

/** A reason that names rules. */
export type RuleReason = Extract<Reason, { readonly rules: unknown }>['kind']

const SPECIFIED = { hostNetwork: 'ignore', ipblockPods: 'match' } as const

/** In the order in which they decide (C-1). */
export const TIERS: readonly Tier[] = [
  {
    name: 'Admin',
    decides: 'first-match',
    reasons: { accept: 'admin-accept', deny: 'admin-deny' },
    settled: SPECIFIED,
  },
  {
    name: 'NetworkPolicy',
    decides: 'isolation',
    reasons: { accept: 'rule-matched', deny: 'no-rule-matched' },
    settled: {},
  },
  {
    name: 'Baseline',
    decides: 'first-match',
    reasons: { accept: 'baseline-accept', deny: 'baseline-deny' },
    settled: SPECIFIED,
  },
]

/** A tier and its policies, in the order in which they are asked. */
export interface TierPolicies {
  readonly tier: Tier
  readonly policies: readonly RuleForm[]
}

/** How the tier of a policy decides. */
export function howDecides({ tier }: Pick<RuleForm, 'tier'>): Tier['decides'] {
  return TIERS.find(({ name }) => name === tier)?.decides ?? 'isolation'
}

/** Puts policies into their tiers; those without any are left out. Of two with one order the name decides (C-8). */
export function inTiers(policies: readonly RuleForm[]): readonly TierPolicies[] {
  const byTier = grouped(policies, ({ tier }) => tier)
  return TIERS.flatMap((tier) => {
    const own = byTier.get(tier.name)
    if (own === undefined) return []
    if (tier.decides === 'isolation') return [{ tier, policies: own }]
    return [{ tier, policies: [...own].sort((a, b) => a.order - b.order || (a.ref.name < b.ref.name ? -1 : 1)) }]
  })
}
