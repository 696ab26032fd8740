import type { PortRange } from './policy.js'

/** Sorted, disjoint and merged; neighbours become one. */
export function mergePorts(ranges: readonly PortRange[]): readonly PortRange[] {
  const joined: { first: number; last: number }[] = []
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1)
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last)
    else joined.push({ first, last })
  }
  return joined
}
