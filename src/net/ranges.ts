import { BITS, type Address, type Family } from './address.js'

/** All addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: Family
  readonly first: bigint
  readonly last: bigint
}

/** Every address of a family. */
export function wholeFamily(family: Family): AddressRange {
  return { family, first: 0n, last: (1n << BigInt(BITS[family])) - 1n }
}

/** Whether the address lies in the range; never across families. */
export function contains(range: AddressRange, address: Address): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last
}

/** Whether some address lies in both ranges. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last
}

/** What is left of `ranges` without the addresses of `holes`; order and overlaps of the input are kept. */
export function subtract(ranges: readonly AddressRange[], holes: readonly AddressRange[]): readonly AddressRange[] {
  return holes.reduce<readonly AddressRange[]>(
    (left, hole) => left.flatMap((range) => (overlaps(range, hole) ? cut(range, hole) : [range])),
    ranges,
  )
}

/** Whether every address of `range` lies in one of `ranges`, which may share the work. */
export function covers(ranges: readonly AddressRange[], range: AddressRange): boolean {
  return subtract([range], ranges).length === 0
}

function cut(range: AddressRange, hole: AddressRange): AddressRange[] {
  return [
    { ...range, last: hole.first - 1n },
    { ...range, first: hole.last + 1n },
  ].filter(({ first, last }) => first <= last)
}

/** Sorted, disjoint and merged; families one after the other. */
export function merge(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort(
    (a, b) => a.family.localeCompare(b.family) || Number(a.first > b.first) - Number(a.first < b.first),
  )
  const merged: AddressRange[] = []
  for (const range of sorted) {
    const previous = merged.at(-1)
    if (previous === undefined || previous.family !== range.family || previous.last + 1n < range.first)
      merged.push(range)
    else if (previous.last < range.last) merged[merged.length - 1] = { ...previous, last: range.last }
  }
  return merged
}
