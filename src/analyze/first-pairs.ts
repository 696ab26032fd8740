import type { MatrixEndpoint } from './matrix-endpoints.js'

/** A pair of endpoints by their places in the order of a list. */
export interface PlacedPair {
  readonly from: number
  readonly to: number
}

/** How many pairs there are, and the first of them. */
export interface FirstPairs {
  readonly count: number
  readonly first: readonly PlacedPair[]
}

/** Collects the first of many pairs, which come in any order. */
export interface PairCollector {
  /** So many pairs more. */
  count(more: number): void
  /** Whether pairs of a source from here on can be among the first; they are ordered by source and destination. */
  isEarly(from: number, to: number): boolean
  /** Takes a pair; each comes once. */
  take(from: number, to: number): void
  found(): FirstPairs
}

/** Keeps so many pairs. */
export function pairCollector(most: number): PairCollector {
  const first: PlacedPair[] = []
  let count = 0
  const isEarly = (from: number, to: number): boolean => {
    const last = first[most - 1]
    return last === undefined || from < last.from || (from === last.from && to < last.to)
  }
  return {
    count(more) {
      count += more
    },
    isEarly,
    take(from, to) {
      if (!isEarly(from, to)) return
      const at = first.findIndex((pair) => from < pair.from || (from === pair.from && to < pair.to))
      first.splice(at < 0 ? first.length : at, 0, { from, to })
      if (first.length > most) first.pop()
    },
    found: () => ({ count, first }),
  }
}

/** Endpoints have odd places, so that the outside world has room between them. */
export function placed(index: number): number {
  return 2 * index + 1
}

/** The id of the endpoint at such a place, or null. */
export function idAt(endpoints: readonly MatrixEndpoint[], place: number): string | null {
  return place % 2 === 0 ? null : (endpoints[(place - 1) / 2]?.id ?? null)
}
