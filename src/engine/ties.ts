import type { Action, RuleForm } from '../policy/rule-form.js'
import type { Considered } from './open-rules.js'
import type { Reading } from './readings.js'

/** Policies in the order in which they are asked, and those of one priority that match with different actions. */
export interface InTurn {
  readonly policies: readonly Considered[]
  readonly tied: readonly RuleForm[]
}

/** Which action comes first among policies of one priority, as a reading has it. */
const RANKS: Readonly<Record<Exclude<Reading['ties'], 'by-name'>, readonly Action[]>> = {
  opening: ['accept', 'pass', 'deny'],
  closing: ['deny', 'pass', 'accept'],
}

/** Settles the order of policies of one priority (C-8): by name, as they are given, or by what each does first. */
export function inTurn(considered: readonly Considered[], ties: Reading['ties']): InTurn {
  const groups: { readonly policy: Considered; readonly first: Action | null }[][] = []
  let isMatched = false
  let tied: readonly RuleForm[] = []
  for (const policy of considered) {
    const group = groups.at(-1)
    const entry = { policy, first: firstAction(policy) }
    if (group?.[0]?.policy.policy.order === policy.policy.order) group.push(entry)
    else groups.push([entry])
  }
  for (const group of groups) {
    const matching = group.filter(({ first }) => first !== null)
    if (isMatched || matching.length === 0) continue
    isMatched = true
    if (new Set(matching.map(({ first }) => first)).size > 1) tied = matching.map(({ policy }) => policy.policy)
  }
  if (ties === 'by-name') return { policies: considered, tied }
  const rank = ({ first }: { readonly first: Action | null }) => (first === null ? 3 : RANKS[ties].indexOf(first))
  return {
    policies: groups.flatMap((group) => group.toSorted((a, b) => rank(a) - rank(b))).map(({ policy }) => policy),
    tied,
  }
}

function firstAction({ selects, rules }: Considered): Action | null {
  if (!selects.value) return null
  return rules.find(({ truth }) => truth.value)?.rule.action ?? null
}
