import type { ConnectionSets, SetId } from './connection-sets.js'

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

/** Collects what several rules open, and joins what is open at one place only when all is known. */
export interface Gathering {
  add(number: number, set: SetId): void
  /** The joined sets; nothing can be added any more. */
  join(): Map<number, SetId>
}

export function gathering({ union, unionOf }: ConnectionSets): Gathering {
  const changes = new Map<number, SetId>()
  const several = new Map<number, SetId[]>()
  return {
    add(number, set) {
      const before = changes.get(number)
      const more = several.get(number)
      if (before === undefined) changes.set(number, set)
      else if (more !== undefined) more.push(set)
      else if (before !== set) several.set(number, [before, set])
    },
    join() {
      for (const [number, sets] of several) {
        const [one = 0, two = one] = sets
        changes.set(number, sets.length === 2 ? union(one, two) : unionOf(sets))
      }
      return changes
    },
  }
}
