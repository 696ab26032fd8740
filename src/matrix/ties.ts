import type { Reading } from '../engine/readings.js'
import type { ClassPolicy, Classes } from './classes.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
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

/** The ports that policies decide by themselves: each port is in one set at most. */
export interface Decided {
  readonly accepted: SetId
  readonly passed: SetId
  readonly denied: SetId
}

/** Puts what several policies of one place decide before what a cell is made of already. */
export type Together = (each: Decided, after: TierCell) => TierCell

/**
 * How a reading settles the order of policies of one place (C-8): for each port one of those that match decides, and which of their
 * actions wins is what the reading says. `each` holds what any of them accepts, passes or denies by itself.
 */
export function together(sets: ConnectionSets, ties: Exclude<Reading['ties'], 'by-name'>): Together {
  return ({ accepted, passed, denied }, after) => {
    const first = ties === 'opening' ? accepted : denied
    const second = sets.minus(passed, first)
    const third = sets.minus(sets.minus(ties === 'opening' ? denied : accepted, first), second)
    const [opens, closes] = ties === 'opening' ? [first, third] : [third, first]
    const decided = sets.union(sets.union(opens, second), closes)
    return {
      open: sets.union(sets.minus(after.open, decided), opens),
      passed: sets.union(sets.minus(after.passed, decided), second),
    }
  }
}

/** The same for policies of a cell that may match. */
export function tied(sets: ConnectionSets, joined: Together): (policies: readonly PutBefore[]) => PutBefore {
  const { all, none } = sets
  const join = (cells: readonly number[]) => cells.reduce((some, one) => sets.union(some, one), none)
  return (policies) => {
    // What each makes of nothing and of everything behind it says what it accepts, passes and denies
    const each = policies.map((put) => {
      const [behindNothing, behindAll] = [put({ open: none, passed: none }), put({ open: all, passed: none })]
      return {
        accepted: behindNothing.open,
        // What it accepts before it passes it on is accepted
        passed: sets.minus(behindNothing.passed, behindNothing.open),
        denied: sets.minus(sets.minus(all, behindAll.open), behindAll.passed),
      }
    })
    const decided = {
      accepted: join(each.map((one) => one.accepted)),
      passed: join(each.map((one) => one.passed)),
      denied: join(each.map((one) => one.denied)),
    }
    return (after) => joined(decided, after)
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
