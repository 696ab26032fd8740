import type { Action } from '../policy/rule-form.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
import type { Extent } from './lens.js'
import type { TierCell } from './tier-rows.js'

/** The ports that a rule matches: those that it surely does, and those that it may; as things stand both are one. */
export interface Matched {
  readonly least: SetId
  readonly most: SetId
}

/** What a tier makes of a pair that no rule of it matches. */
export function undecided({ none, all }: ConnectionSets): TierCell {
  return { open: none, passed: all }
}

/** Puts a rule before those that a cell is made of already: the first that matches decides (C-2), for each port by itself. */
export type Precede = (after: TierCell, action: Action, matched: Matched) => TierCell

/**
 * First match over sets of ports. Of what is surely open a rule that may match takes away, and only one that surely does adds;
 * of what may be open it is the other way round.
 */
export function preceding(sets: ConnectionSets, extent: Extent): Precede {
  const { none, union, intersect } = sets
  return (after, action, { least, most }) => {
    if (most === none) return after
    const [adding, removing] = extent === 'sure' ? [least, most] : [most, least]
    const { open, passed } = after
    switch (action) {
      case 'accept':
        // What is open is not passed on as well, or nobody could tell which of the two rules comes first
        return { open: union(open, adding), passed: sets.minus(passed, adding) }
      case 'deny':
        return { open: sets.minus(open, removing), passed: sets.minus(passed, removing) }
      case 'pass': {
        // Where it only may match, both what follows and the next tier have to open it surely
        const either = extent === 'sure' ? intersect(union(open, passed), removing) : none
        return { open: sets.minus(open, removing), passed: union(union(sets.minus(passed, removing), adding), either) }
      }
    }
  }
}
