import type { AddressRange } from './ranges.js'

/** A run of addresses with one value; an ordered list of runs without gaps is an interval map. */
export interface Piece<Value> extends AddressRange {
  readonly value: Value
}

/** Joins two walks through the same addresses, piece by piece. */
export function overlay<A, B, C>(
  walk: readonly Piece<A>[],
  other: readonly Piece<B>[],
  join: (a: A, b: B) => C,
): readonly Piece<C>[] {
  const joined: Piece<C>[] = []
  let index = 0
  for (const { family, first, last, value } of walk) {
    let from = first
    while (from <= last) {
      const beside = other[index]
      if (beside?.family !== family) throw new Error('the walks are not through the same addresses')
      const to = beside.last < last ? beside.last : last
      joined.push({ family, first: from, last: to, value: join(value, beside.value) })
      if (beside.last <= last) index++
      from = to + 1n
    }
  }
  return joined
}
