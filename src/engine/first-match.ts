import type { Direction } from '../model/direction.js'
import type { PodEndpoint } from '../model/flow.js'
import type { Action, RuleForm } from '../policy/rule-form.js'
import type { Tier } from '../policy/tiers.js'
import { consider } from './open-rules.js'
import { inTurn } from './ties.js'
import type { TierOutcome, TierStep } from './outcome.js'
import { all, branch, NO, YES, type Truth } from './truth.js'
import type { View } from './view.js'

/** The outcome of policies of which the first rule that matches decides (C-2); what none decides or one passes is the next tier's. */
export function firstMatch(
  view: View,
  direction: Direction,
  subject: PodEndpoint,
  policies: readonly RuleForm[],
  { name: tier, reasons }: Pick<Tier, 'name' | 'reasons'>,
  next: TierOutcome,
): TierOutcome {
  const { policies: inOrder, tied } = inTurn(consider(view, direction, subject, policies), view.reading.ties)
  const steps = inOrder.flatMap(({ policy, selects, rules }) =>
    rules.map(({ rule, match, truth }) => ({ policy, match, action: rule.action, truth: all([selects, truth]) })),
  )
  const outcomes: Readonly<Record<Action, Truth>> = { accept: YES, deny: NO, pass: next.allows }
  const allows = steps.reduceRight((rest, { action, truth }) => branch(truth, outcomes[action], rest), next.allows)
  const first = steps.find(({ truth }) => truth.value)
  const step: TierStep = {
    tier,
    decision: first?.action ?? 'no-match',
    rules: first === undefined ? [] : [first.match],
  }
  if (first === undefined || first.action === 'pass') {
    const path = inOrder.some(({ selects }) => selects.value) ? [step, ...next.path] : next.path
    return { ...next, allows, path, tied: [...tied, ...(next.tied ?? [])] }
  }
  const reason = { kind: reasons[first.action], rules: [first.match] } as const
  return { reason, deciding: [first.policy], allows, tied, path: [step] }
}
