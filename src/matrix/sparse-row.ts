import type { SetId } from './connection-sets.js'

/** A row over classes of which most is shared with other rows: a base, and what differs from it. Not to be written to. */
export interface SparseRow {
  readonly base: Int32Array
  readonly changes: ReadonlyMap<number, SetId>
}

/** One cell of a row. */
export function cellOf({ base, changes }: SparseRow, number: number): SetId {
  return changes.get(number) ?? base[number] ?? 0
}

/** Writes a whole row into an array of its length. */
export function spread({ base, changes }: SparseRow, into: Int32Array): void {
  into.set(base)
  for (const [number, set] of changes) into[number] = set
}
