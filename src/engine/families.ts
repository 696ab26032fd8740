import { FAMILIES, type Family } from '../net/address.js'

/** The families in which two ends can meet, never empty; null where the input does not say. */
export interface Meeting {
  readonly families: readonly (Family | null)[]
  /** False where known addresses leave no family: none that both ends have, or not the one that is asked for. */
  readonly shared: boolean
}

/**
 * Finds the families in which two ends can meet, from those of their known addresses: an end without any may have all
 * that the other one has. Only one family where it is asked for.
 */
export function meetingOf(a: readonly Family[], b: readonly Family[], asked: Family | null): Meeting {
  if (a.length + b.length === 0) return { families: [asked], shared: true }
  const both = FAMILIES.filter((family) => (asked ?? family) === family && mayHave(a, family) && mayHave(b, family))
  if (both.length > 0) return { families: both, shared: true }
  return { families: [null], shared: false }
}

/** An end without a known address may have one of any family. */
export function mayHave(known: readonly Family[], family: Family): boolean {
  return known.length === 0 || known.includes(family)
}
