import { expect, test } from 'vitest'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { preceding, undecided } from '../../src/matrix/first-match-sets.js'
import { PROTOCOLS } from '../../src/model/protocol.js'
import type { Action } from '../../src/policy/rule-form.js'

/** A rule, and whether it matches the one port there is. */
interface Rule {
  readonly action: Action
  readonly matches: 'no' | 'perhaps' | 'surely'
}

const RULES = (['accept', 'deny', 'pass'] as const).flatMap((action) =>
  (['no', 'perhaps', 'surely'] as const).map((matches): Rule => ({ action, matches })),
)
const LISTS = RULES.flatMap((a) => [[a], ...RULES.flatMap((b) => [[a, b], ...RULES.map((c) => [a, b, c])])])

/** Whether the port is open, by every way in which the rules that may match turn out: the first that matches decides. */
function outcomes(rules: readonly Rule[], next: boolean): readonly boolean[] {
  const [first, ...others] = rules
  if (first === undefined) return [next]
  const decided = first.action === 'pass' ? next : first.action === 'accept'
  if (first.matches === 'surely') return [decided]
  return first.matches === 'no' ? outcomes(others, next) : [decided, ...outcomes(others, next)]
}

test.each(['sure', 'possible'] as const)(
  'the first rule that matches decides: what is %s of three rules (C-2)',
  (extent) => {
    const sets = connectionSets(PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: 65_535 })))
    const { none, all } = sets
    const precede = preceding(sets, extent)
    const wrong = LISTS.flatMap((rules) => {
      const { open, passed } = rules.reduceRight(
        (after, { action, matches }) =>
          precede(after, action, { least: matches === 'surely' ? all : none, most: matches === 'no' ? none : all }),
        undecided(sets),
      )
      return [false, true].flatMap((next) => {
        const found = sets.union(open, next ? passed : none) === all
        const ways = outcomes(rules, next)
        const expected = extent === 'sure' ? ways.every(Boolean) : ways.some(Boolean)
        return found === expected ? [] : [{ rules, next, found, expected }]
      })
    })
    expect(wrong.slice(0, 3)).toEqual([])
  },
)
