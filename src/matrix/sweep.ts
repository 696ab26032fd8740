import type { Family } from '../net/address.js'
import type { Piece } from '../net/pieces.js'
import { wholeFamily, type AddressRange } from '../net/ranges.js'
import type { ConnectionSets, SetId } from './connection-sets.js'

/** Something that holds at some addresses. */
export interface RangeOf<Item> {
  readonly range: AddressRange
  readonly item: Item
}

/** Walks through a family's addresses and joins the ports that are open wherever that changes. */
export function sweep(
  sets: ConnectionSets,
  family: Family,
  always: SetId,
  some: readonly RangeOf<SetId>[],
): readonly Piece<SetId>[] {
  return sweepOver(family, some, (active) => [...active].reduce(sets.union, always))
}

/** Walks through a family's addresses and decides anew wherever something else holds; equal neighbours are one. */
export function sweepOver<Item, Value>(
  family: Family,
  some: readonly RangeOf<Item>[],
  decide: (active: Iterable<Item>) => Value,
): readonly Piece<Value>[] {
  const whole = wholeFamily(family)
  const events = some
    .filter(({ range }) => range.family === family)
    .flatMap(({ range, item }) => [
      { at: range.first, item, change: 1 },
      { at: range.last + 1n, item, change: -1 },
    ])
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  const active = new Map<Item, number>()
  const pieces: Piece<Value>[] = []
  const add = (first: bigint, last: bigint) => {
    if (first <= last) addPiece(pieces, { family, first, last, value: decide(active.keys()) })
  }
  let first = whole.first
  for (const [index, { at, item, change }] of events.entries()) {
    if (index === 0 || events[index - 1]?.at !== at) {
      add(first, at - 1n)
      first = at
    }
    const count = (active.get(item) ?? 0) + change
    if (count === 0) active.delete(item)
    else active.set(item, count)
  }
  add(first, whole.last)
  return pieces
}

/** Adds a piece to those before it, or makes the last of them longer. */
export function addPiece<Value>(pieces: Piece<Value>[], piece: Piece<Value>): void {
  const before = pieces.at(-1)
  if (before?.family === piece.family && before.value === piece.value)
    pieces[pieces.length - 1] = { ...before, last: piece.last }
  else pieces.push(piece)
}
