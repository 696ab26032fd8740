import { certaintyOf, type Certainty } from './certainty.js'
import { type Options, type Question, understand } from './evaluate.js'
import type { Assumption, Readings } from './run.js'
import { unheard } from './run.js'

/** What a cell of a matrix says of one port. */
export interface Cell {
  /** As things stand, in every family that both ends have. */
  open: boolean
  /** Closed as things stand, and open under another reading (U) or with other values of unknown things (I). */
  possible: boolean
  certainty: Certainty
}

/**
 * Asks about all families at once, as an unknown label is the same in both, and an unknown address has one value in
 * each. Throws as `evaluate` does.
 */
export function cellOf(objects: readonly unknown[], question: Question, options: Options = {}): Cell {
  const { usual, families, outcome } = understand(objects, question, options, unheard)
  const together = (readings: Readings, assumed: readonly Assumption[]) => {
    const all = families.map((family) => outcome(family, readings, assumed, unheard))
    const open = all.every(({ verdict }) => verdict === 'allow')
    return { verdict: open ? ('allow' as const) : ('deny' as const), asked: all.flatMap(({ asked }) => asked) }
  }
  const { verdict } = together(usual, [])
  const certainty = certaintyOf(usual, verdict, together)
  // What is not certain has another verdict somewhere, and there are only two
  return { open: verdict === 'allow', possible: verdict === 'deny' && certainty !== 'certain', certainty }
}
