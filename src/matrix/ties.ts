import type { Reading } from '../engine/readings.js'
import type { ClassPolicy, Classes } from './classes.js'
import type { ConnectionSets } from './connection-sets.js'
import { DIRECTIONS } from '../model/direction.js'
import type { TierCell } from './tier-rows.js'

/** Puts the rules of one policy before those that a cell is made of already. */
export type PutBefore = (after: TierCell) => TierCell

/** Policies of one place in their tier, in order. */
export function byPlace<Entry>(
  list: readonly Entry[],
  orderOf: (entry: Entry) => number,
): readonly (readonly [Entry, ...Entry[]])[] {
  const groups: [Entry, ...Entry[]][] = []
  for (const entry of list) {
    const group = groups.at(-1)
    if (group !== undefined && orderOf(group[0]) === orderOf(entry)) group.push(entry)
    else groups.push([entry])
  }
  return groups
}

/**
 * Puts several policies of one place before others, as a reading settles their order (C-8): for each port one of those that match
 * decides, and which of their actions wins is what the reading says.
 */
export function tied(
  sets: ConnectionSets,
  ties: Exclude<Reading['ties'], 'by-name'>,
): (policies: readonly PutBefore[]) => PutBefore {
  const { all, none } = sets
  const join = (cells: readonly number[]) => cells.reduce((some, one) => sets.union(some, one), none)
  return (policies) => {
    // What each makes of nothing and of everything behind it says what it accepts, passes and denies
    const each = policies.map((put) => {
      const [behindNothing, behindAll] = [put({ open: none, passed: none }), put({ open: all, passed: none })]
      const accepted = sets.minus(behindNothing.open, behindNothing.passed)
      return {
        accepted,
        passed: behindNothing.passed,
        denied: sets.minus(sets.minus(all, behindAll.open), behindAll.passed),
      }
    })
    const [accepted, passed, denied] = [
      join(each.map((one) => one.accepted)),
      join(each.map((one) => one.passed)),
      join(each.map((one) => one.denied)),
    ]
    const first = ties === 'opening' ? accepted : denied
    const second = sets.minus(passed, first)
    const third = sets.minus(sets.minus(ties === 'opening' ? denied : accepted, first), second)
    const [opens, closes] = ties === 'opening' ? [first, third] : [third, first]
    const decided = join([opens, second, closes])
    return (after) => ({
      open: sets.union(sets.minus(after.open, decided), opens),
      passed: sets.union(sets.minus(after.passed, decided), second),
    })
  }
}

/** Whether classes are governed by policies of one place in a tier that do different things, so that their order may matter (C-8). */
export function hasTies({ tiers, classes }: Pick<Classes, 'tiers' | 'classes'>): boolean {
  return tiers.some(
    ({ tier, policies }) => tier.decides === 'first-match' && policies.length > 1 && anyTied(policies, classes.length),
  )
}

function anyTied(policies: readonly ClassPolicy[], length: number): boolean {
  const groups = byPlace(policies, ({ order }) => order).filter((group) => group.length > 1)
  return groups.some((group) =>
    DIRECTIONS.some((direction) => {
      const actions = new Set(group.flatMap(({ rules }) => (rules[direction] ?? []).map(({ action }) => action)))
      if (actions.size < 2) return false
      const governed = new Uint8Array(length)
      return group.some(({ rules, subjects }) => {
        if (rules[direction] === null) return false
        const isShared = subjects.possible.some((number) => governed[number] === 1)
        for (const number of subjects.possible) governed[number] = 1
        return isShared
      })
    }),
  )
}

/** Whether a class is governed by several policies of one place. */
export function isTied(list: readonly { readonly policy: ClassPolicy }[]): boolean {
  return list.some(({ policy }, index) => index > 0 && list[index - 1]?.policy.order === policy.order)
}
