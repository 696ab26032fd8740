import { orient, type PodEndpoint } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import type { RuleForm, TierName } from '../policy/rule-form.js'
import { consider, type Considered, type OpenRule } from './open-rules.js'
import type { TierOutcome } from './outcome.js'
import { allowedBy, any, type Truth } from './truth.js'
import { allowedWherever, holdsAsThingsStand, whereaboutsOf, type Whereabouts } from './unknown-address.js'
import type { View } from './view.js'

/**
 * The outcome of policies that isolate: a pod that some of them select is open to the union of the rules of all of these
 * so that neither policy order nor rule order can matter. For a pod that none selects the next tier decides (C-7).
 */
export function isolated(
  view: View,
  direction: Direction,
  subject: PodEndpoint,
  policies: readonly RuleForm[],
  tier: TierName,
  next: TierOutcome,
): TierOutcome {
  const considered = consider(view, direction, subject, policies)
  const isolating = considered.filter(({ selects }) => selects.value)
  const inDoubt = considered.some(({ rules }) => rules.some(({ unknown }) => unknown !== null))
  const where = inDoubt ? whereaboutsOf(orient(view.flow, direction).peer, view) : null
  const allows =
    where === null ? allowedBy(considered.map(known), next.allows) : allowedAnywhere(considered, where, next.allows)
  if (isolating.length === 0) {
    const step = { tier, decision: 'not-isolated', rules: [] } as const
    return { ...next, allows, path: [step, ...next.path] }
  }
  const open = isolating.flatMap(({ rules }) => rules)
  const rules = (where === null ? matching(open) : matchingWherever(open, where)).map(({ match }) => match)
  return {
    reason: rules.length > 0 ? { kind: 'rule-matched', rules } : { kind: 'no-rule-matched' },
    deciding: isolating.map(({ policy }) => policy),
    allows,
    path: [{ tier, decision: rules.length > 0 ? 'accept' : 'deny', rules }],
  }
}

/** Rules are alternatives. */
function known({ selects, rules }: Considered): { readonly selects: Truth; readonly matches: Truth } {
  return { selects, matches: any(rules.map(({ truth }) => truth)) }
}

function matching(rules: readonly OpenRule[]): readonly OpenRule[] {
  return rules.filter(({ truth }) => truth.value)
}

/** The rules that match a peer without a known address; where only several together hold all that it may be, all of them. */
function matchingWherever(rules: readonly OpenRule[], where: Whereabouts): readonly OpenRule[] {
  const isEnough = rules.some(({ unknown }) => unknown?.isEnough === true)
  const ranges = rules.flatMap(({ unknown }) => unknown?.holds ?? [])
  if (isEnough || !holdsAsThingsStand(ranges, where)) return matching(rules)
  return rules.flatMap((rule) => {
    if (rule.unknown === null) return matching([rule])
    return [{ ...rule, match: { ...rule.match, peers: rule.unknown.peers } }]
  })
}

function allowedAnywhere(considered: readonly Considered[], where: Whereabouts, otherwise: Truth): Truth {
  const policies = considered.map(({ selects, rules }) => ({
    selects,
    matches: any(rules.map(({ truth, unknown }) => unknown?.otherwise ?? truth)),
    holds: rules.flatMap(({ unknown }) => unknown?.holds ?? []),
  }))
  const unknownOf = (some: readonly Considered[]) =>
    some.flatMap(({ rules }) => rules.flatMap(({ unknown }) => unknown ?? []))
  // A rule that is enough makes the others superfluous
  const enough = unknownOf(considered.filter(({ selects }) => selects.value)).filter(({ isEnough }) => isEnough)
  const told = enough.length > 0 ? enough : unknownOf(considered)
  const doubts = told.flatMap(({ doubts: some }) => some)
  return allowedWherever(policies, where, doubts, otherwise)
}
