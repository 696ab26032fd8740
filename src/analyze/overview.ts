import { placeOfOutside } from './connections.js'
import { idAt, pairCollector, placed, type PairCollector } from './first-pairs.js'
import { kindSums } from './kind-sums.js'
import { numbering } from './namespace-counts.js'
import {
  OUTSIDE_SPACE,
  type NamespacePairs,
  type Overview,
  type OverviewDetail,
  type SomePairs,
} from './overview-result.js'
import { overviewEnds } from './overview-ends.js'
import type { Reach } from './reach.js'
import { worldSum } from './world-sum.js'
import type { WorldLines } from './world-lines.js'

/**
 * Sums up a matrix by kinds of endpoints: what is said of two kinds is said of each of their pairs. So it takes as long as
 * there are kinds, and not as there are pairs.
 */
export function overviewOf(
  reach: Reach,
  world: WorldLines,
  { byNamespace, most }: OverviewDetail,
  onRow?: (done: number) => void,
): Overview {
  const { sources, destinations } = reach
  const namespaces = numbering()
  const outside = namespaces.numberOf(OUTSIDE_SPACE)
  const ends = overviewEnds(reach, namespaces)
  const places = { from: 2 * placeOfOutside(sources), to: 2 * placeOfOutside(destinations) }
  const table = new Map<number, NamespacePairs>()
  const across = pairCollector(most)
  const possible = pairCollector(most)
  const openToInternet = new Set<string>()
  let estimated = 0

  /** Of two namespaces, if they matter. */
  function note(from: number, to: number, all: number, { open, unsure }: Omit<NamespacePairs, 'all'>): void {
    const key = from * namespaces.size() + to
    let pairs = table.get(key)
    if (pairs === undefined) table.set(key, (pairs = { all: 0, open: false, unsure: false }))
    pairs.all += all
    if (open) pairs.open = true
    if (unsure) pairs.unsure = true
  }

  const hearKind = kindSums(reach, ends, {
    across,
    possible,
    note: byNamespace ? note : null,
    estimate: (more) => (estimated += more),
  })
  let done = 0
  for (const kind of reach.kinds) {
    hearKind(kind)
    onRow?.((done += kind.members.length))
  }
  for (const [column, to] of destinations.entries()) {
    const sum = worldSum(world('ingress', to))
    if (sum.isOpenToInternet) openToInternet.add(to.id)
    if (sum.isPossible) {
      possible.count(1)
      possible.take(places.from, placed(column))
    }
    if (byNamespace && sum.pairs !== null) note(outside, ends.toSpaces[column] ?? 0, sum.pairs.all, sum.pairs)
  }
  for (const [member, from] of sources.entries()) {
    const sum = worldSum(world('egress', from))
    if (sum.isPossible) {
      possible.count(1)
      possible.take(placed(member), places.to)
    }
    if (byNamespace && sum.pairs !== null) note(ends.fromSpaces[member] ?? 0, outside, sum.pairs.all, sum.pairs)
  }
  const named = (pairs: PairCollector): SomePairs => {
    const { count, first } = pairs.found()
    return { count, first: first.map(({ from, to }) => ({ from: idAt(sources, from), to: idAt(destinations, to) })) }
  }
  return {
    between: (from, to) => table.get(namespaces.numberOf(from) * namespaces.size() + namespaces.numberOf(to)),
    acrossNamespaces: named(across),
    possible: named(possible),
    estimated,
    openToInternet,
  }
}
