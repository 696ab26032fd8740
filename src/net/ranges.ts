import { BITS, FAMILIES, type Address, type Family } from './address.js'

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

/** The addresses that lie in both ranges, or null. */
export function intersection(a: AddressRange, b: AddressRange): AddressRange | null {
  if (!overlaps(a, b)) return null
  return { family: a.family, first: a.first > b.first ? a.first : b.first, last: a.last < b.last ? a.last : b.last }
}

/** What is left of `ranges` without the addresses of `holes`; the order of `ranges` is kept. */
export function subtract(ranges: readonly AddressRange[], holes: readonly AddressRange[]): readonly AddressRange[] {
  if (holes.length === 0) return ranges
  const sorted = merge(holes)
  return ranges.flatMap((range) => without(range, sorted))
}

/** Whether every address of `range` lies in one of `ranges`, which may share the work. */
export function covers(ranges: readonly AddressRange[], range: AddressRange): boolean {
  return subtract([range], ranges).length === 0
}

/** One sweep over holes that are sorted and disjoint. */
function without(range: AddressRange, holes: readonly AddressRange[]): readonly AddressRange[] {
  const left: AddressRange[] = []
  let { first } = range
  for (const hole of holes) {
    if (hole.family !== range.family || hole.last < first) continue
    if (hole.first > range.last) break
    if (hole.first > first) left.push({ ...range, first, last: hole.first - 1n })
    first = hole.last + 1n
  }
  return first <= range.last ? [...left, { ...range, first }] : left
}

/** Sorted, disjoint and merged; families one after the other. */
export function merge(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort(
    (a, b) =>
      FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) || Number(a.first > b.first) - Number(a.first < b.first),
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
