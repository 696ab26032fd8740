import type { Action, RuleForm } from '../policy/rule-form.js'
import type { Considered } from './open-rules.js'
import type { Reading } from './readings.js'
import { canBe } from './truth.js'

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

/** What a policy may do first, and whether it surely matches. */
interface Turn {
  readonly policy: Considered
  readonly actions: readonly Action[]
  readonly isSure: boolean
}

/**
 * Settles the order of policies of one priority (C-8): by name, as they are given, or by what each does first. One that only may
 * match may come first as well.
 */
export function inTurn(considered: readonly Considered[], ties: Reading['ties']): InTurn {
  const groups: Turn[][] = []
  let tied: readonly RuleForm[] = []
  for (const policy of considered) {
    const group = groups.at(-1)
    const turn = turnOf(policy)
    if (group?.[0]?.policy.policy.order === policy.policy.order) group.push(turn)
    else groups.push([turn])
  }
  for (const group of groups) {
    const matching = group.filter(({ actions }) => actions.length > 0)
    if (tied.length === 0 && matching.length > 1 && new Set(matching.flatMap(({ actions }) => actions)).size > 1) {
      tied = matching.map(({ policy }) => policy.policy)
    }
    // What comes later is not asked
    if (matching.some(({ isSure }) => isSure)) break
  }
  if (ties === 'by-name') return { policies: considered, tied }
  const rank = ({ actions }: Turn) => Math.min(3, ...actions.map((action) => RANKS[ties].indexOf(action)))
  return {
    policies: groups.flatMap((group) => group.toSorted((a, b) => rank(a) - rank(b))).map(({ policy }) => policy),
    tied,
  }
}

function turnOf(policy: Considered): Turn {
  const rules = policy.rules.filter(({ truth }) => canBe(true, truth))
  const sure = rules.findIndex(({ truth }) => !canBe(false, truth))
  const first = sure < 0 ? rules : rules.slice(0, sure + 1)
  return { policy, actions: first.map(({ rule }) => rule.action), isSure: sure >= 0 && !canBe(false, policy.selects) }
}
