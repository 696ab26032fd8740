import type { Family } from '../net/address.js'
import type { Piece } from '../net/pieces.js'
import { wholeFamily, type AddressRange } from '../net/ranges.js'
import type { ConnectionSets, SetId } from './connection-sets.js'

/** Ports that are open at some addresses. */
export interface OpenRange {
  readonly range: AddressRange
  readonly ports: SetId
}

/** Walks through a family's addresses and joins what is open wherever that changes. */
export function sweep(
  sets: ConnectionSets,
  family: Family,
  always: SetId,
  some: readonly OpenRange[],
): readonly Piece<SetId>[] {
  const whole = wholeFamily(family)
  const events = some
    .filter(({ range }) => range.family === family)
    .flatMap(({ range, ports }) => [
      { at: range.first, ports, change: 1 },
      { at: range.last + 1n, ports, change: -1 },
    ])
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  const active = new Map<SetId, number>()
  const pieces: Piece<SetId>[] = []
  const add = (first: bigint, last: bigint) => {
    if (first > last) return
    const open = [...active.keys()].reduce(sets.union, always)
    const before = pieces.at(-1)
    if (before?.value === open) pieces[pieces.length - 1] = { ...before, last }
    else pieces.push({ family, first, last, value: open })
  }
  let first = whole.first
  for (const [index, { at, ports, change }] of events.entries()) {
    if (index === 0 || events[index - 1]?.at !== at) {
      add(first, at - 1n)
      first = at
    }
    const count = (active.get(ports) ?? 0) + change
    if (count === 0) active.delete(ports)
    else active.set(ports, count)
  }
  add(first, whole.last)
  return pieces
}
