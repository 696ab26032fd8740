import { DIRECTIONS } from '../model/direction.js'
import { TooCostly } from '../model/too-costly.js'
import type { Classes, ClassPolicy } from './classes.js'

/** Each opening is kept, with some hundred bytes, for every reading. */
const MOST_OPENINGS = 1_000_000

/**
 * Throws {@link TooCostly} where rows need more openings than the limit: each class with the rules and, once for all classes
 * that have the same policies, the ranges of the blocks that govern it.
 */
export function checkOpenings({ classes, policies, blocks }: Classes): void {
  let openings = 0
  const count = (more: number): void => {
    openings += more
    if (openings <= MOST_OPENINGS) return
    throw new TooCostly(`policies open something to classes of pods more than ${MOST_OPENINGS} times`)
  }
  const rangesIn = blocks.map((group) => group.blocks.reduce((sum, { except }) => sum + 1 + except.length, 0))
  for (const direction of DIRECTIONS) {
    const rulesOf = ({ rules }: ClassPolicy) => rules[direction] ?? []
    const isolating: number[][] = classes.map(() => [])
    for (const [number, policy] of policies.entries()) {
      if (policy.rules[direction] === null) continue
      count(policy.subjects.possible.length * (1 + rulesOf(policy).length))
      for (const subject of policy.subjects.possible) isolating[subject]?.push(number)
    }
    const ranges = policies.map((policy) =>
      rulesOf(policy).reduce((sum, rule) => sum + (rule.blocks === null ? 0 : (rangesIn[rule.blocks] ?? 0)), 0),
    )
    for (const list of new Map(isolating.map((some) => [some.join(), some])).values()) {
      for (const policy of list) count(ranges[policy] ?? 0)
    }
  }
}
