import type { ConnectionSets, SetId } from './connection-sets.js'

/** One row over classes: for each class by its number, the set that is open. */
export type Row = Int32Array

/** Collects what several rules open, and joins what is open at one place only when all is known. */
export interface Gathering {
  /** Begins a row, in place of what stands in it, with what is open anyway. */
  begin(row: Row, base: Row): void
  readonly add: (number: number, set: SetId) => void
  /** The same for many: place, set, place, set … */
  readonly addAll: (places: Int32Array) => void
  /** Joins the row; nothing can be added to it any more. */
  end(): void
}

/**
 * One for all rows of a length. A place to which a second set comes gets a chain of those that are not in the row yet: what
 * lies between would be kept forever among the sets, and a join of many costs no more than one of two.
 */
export function gathering(length: number, { none, all, isBits, union, unionOf }: ConnectionSets): Gathering {
  let row: Row = new Int32Array(0)
  const heads = new Int32Array(length).fill(-1)
  const chained: number[] = []
  const links: { readonly set: SetId[]; readonly next: number[] } = { set: [], next: [] }

  return {
    begin(begun, base) {
      row = begun
      row.set(base)
    },
    add,
    addAll(places) {
      if (isBits) addBits(row, places)
      else for (let at = 0; at < places.length; at += 2) add(places[at] ?? 0, places[at + 1] ?? none)
    },
    end() {
      for (const number of chained) {
        const before = row[number] ?? none
        if (before !== all) row[number] = joined(before, heads[number] ?? -1)
        heads[number] = -1
      }
      chained.length = 0
      links.set.length = 0
      links.next.length = 0
    },
  }

  function add(number: number, set: SetId): void {
    const before = row[number] ?? none
    if (before === set || before === all || set === none) return
    if (isBits) row[number] = before | set
    else if (before === none || set === all) row[number] = set
    else {
      const head = heads[number] ?? -1
      if (head === -1) chained.push(number)
      else if (links.set[head] === set) return
      heads[number] = links.set.push(set) - 1
      links.next.push(head)
    }
  }

  function joined(before: SetId, head: number): SetId {
    const first = links.set[head] ?? none
    let link = links.next[head] ?? -1
    if (link === -1) return union(before, first)
    const several = [before, first]
    for (; link !== -1; link = links.next[link] ?? -1) several.push(links.set[link] ?? none)
    return unionOf(several)
  }
}

/** A function of its own, which is compiled far better. */
function addBits(row: Row, places: Int32Array): void {
  for (let at = 0; at < places.length; at += 2) {
    const number = places[at] ?? 0
    row[number] = (row[number] ?? 0) | (places[at + 1] ?? 0)
  }
}
