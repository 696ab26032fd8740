import type { Options } from '../reference/evaluate.js'

/** A case in which what C-7 and C-8 leave open does not count for certainty: a matrix may then be less certain, not more. */
export function settled<T extends { options: Options }>(example: T): T {
  return { ...example, options: { ...example.options, openTiers: false } }
}
