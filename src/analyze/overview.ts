import { once } from '../model/once.js'
import { placeOfOutside, type Connection, type WithWorld } from './connections.js'
import { idAt, pairCollector, placed, type PairCollector } from './first-pairs.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import { countBy, less, numbering, sum, type Counts } from './namespace-counts.js'
import { isEverywhere, isOfInternet, rangesOf } from './outside-ranges.js'
import type { Destinations, Reach, Sources } from './reach.js'
import {
  OUTSIDE_SPACE,
  type NamespacePairs,
  type Overview,
  type OverviewDetail,
  type SomePairs,
} from './overview-result.js'
import { isEvery, isSure, type Said } from './said.js'

const NOBODY: readonly number[] = []

/**
 * Sums up a matrix by kinds of endpoints: what is said of two kinds is said of each of their pairs. So it takes as long as
 * there are kinds, and not as there are pairs.
 */
export function overviewOf(
  reach: Reach,
  world: WithWorld,
  { byNamespace, most }: OverviewDetail,
  onRow?: (done: number) => void,
): Overview {
  const { sources, destinations } = reach
  const namespaces = numbering()
  const outside = namespaces.numberOf(OUTSIDE_SPACE)
  const spacesOf = (endpoints: readonly MatrixEndpoint[]) =>
    endpoints.map(({ party }) => namespaces.numberOf(party.workload.namespace))
  const [fromSpaces, toSpaces] = [spacesOf(sources), spacesOf(destinations)]
  const columnOf = new Map(destinations.map((endpoint, column) => [endpoint, column]))
  const places = { from: placeOfOutside(sources), to: placeOfOutside(destinations) }
  const table = new Map<number, NamespacePairs>()
  const across = pairCollector(most)
  const possible = pairCollector(most)
  const openToInternet = new Set<string>()
  let estimated = 0
  const known: { readonly counts: Counts; readonly only: number | null }[] = []
  const toCounts = ({ number, members }: Destinations) => {
    const found = known[number]
    if (found !== undefined) return found
    const counts = countBy(members, toSpaces)
    const [only = null] = counts.size === 1 ? counts.keys() : []
    return (known[number] = { counts, only })
  }

  function note(from: number, to: number, all: number, { open, unsure }: Pick<Said, 'open' | 'unsure'>): void {
    const key = from * namespaces.size() + to
    let pairs = table.get(key)
    if (pairs === undefined) table.set(key, (pairs = { all: 0, open: false, unsure: false }))
    pairs.all += all
    if (open) pairs.open = true
    if (unsure) pairs.unsure = true
  }

  function hearKind({ kind, members }: Sources): void {
    const here = countBy(members, fromSpaces)
    const [only] = here.size === 1 ? here.keys() : []
    const selves = selvesOf(members)
    reach.hear(kind, (list, without, said) => {
      const there = toCounts(list)
      const own = selves.get(list.number)
      // Most lists are of one namespace, and there can be as many of them as pairs of classes
      if (without.length > 0 || own !== undefined || only === undefined || there.only === null) {
        hearMany(members, here, list, without, own ?? NOBODY, said)
        return
      }
      const pairs = members.length * list.members.length
      estimated += pairs * said.estimated
      if (said.possible) {
        possible.count(pairs)
        collect(possible, members, list, without, false)
      }
      if (said.everyPort > 0 && only !== there.only) hearAcross(members, list, without, said, pairs)
      if (byNamespace) note(only, there.only, pairs * said.surelyAll, said)
    })
  }

  function hearMany(
    members: readonly number[],
    here: Counts,
    list: Destinations,
    without: readonly Destinations[],
    selves: readonly number[],
    said: Said,
  ): void {
    const apart = new Set(without.flatMap((some) => some.members))
    const there = without.length === 0 ? toCounts(list).counts : less(toCounts(list).counts, countBy(apart, toSpaces))
    const own = countBy(
      selves.filter((column) => !apart.has(column)),
      toSpaces,
    )
    const all = members.length * (list.members.length - apart.size)
    estimated += (all - sum(own)) * said.estimated
    if (said.possible && all > sum(own)) {
      possible.count(all - sum(own))
      collect(possible, members, list, without, false)
    }
    if (said.everyPort > 0) {
      let inside = 0
      for (const [space, count] of here) inside += count * (there.get(space) ?? 0)
      if (all > inside) hearAcross(members, list, without, said, all - inside)
    }
    if (!byNamespace) return
    for (const [from, some] of here) {
      for (const [to, others] of there) {
        const pairs = some * others - (from === to ? (own.get(from) ?? 0) : 0)
        if (pairs > 0) note(from, to, pairs * said.surelyAll, said)
      }
    }
  }

  function hearAcross(
    members: readonly number[],
    list: Destinations,
    without: readonly Destinations[],
    { everyPort }: Said,
    pairs: number,
  ): void {
    across.count(everyPort * pairs)
    for (let line = 0; line < everyPort; line++) collect(across, members, list, without, true)
  }

  /** By the numbers of lists: single pods among the sources that are in the list, and not paired with themselves. */
  function selvesOf(members: readonly number[]): ReadonlyMap<number, number[]> {
    const selves = new Map<number, number[]>()
    for (const member of members) {
      const endpoint = sources[member]
      const column = endpoint === undefined || endpoint.another ? undefined : columnOf.get(endpoint)
      if (column === undefined) continue
      for (const { number } of reach.listsOf(column)) {
        const found = selves.get(number)
        if (found === undefined) selves.set(number, [column])
        else found.push(column)
      }
    }
    return selves
  }

  /** Takes the first pairs of two lists. */
  function collect(
    into: PairCollector,
    members: readonly number[],
    list: Destinations,
    without: readonly Destinations[],
    isAcross: boolean,
  ): void {
    if (members[0] === undefined || !into.isEarly(placed(members[0]), -1)) return
    const left = new Set(without.flatMap((one) => one.members))
    for (const member of members) {
      const from = placed(member)
      if (!into.isEarly(from, -1)) return
      for (let index = 0; index < list.members.length; index++) {
        const column = list.members[index] ?? 0
        if (!into.isEarly(from, placed(column))) break
        if (isAcross && toSpaces[column] === fromSpaces[member]) index = nextSpace(list)[index] ?? index
        else if (!isItself(member, column) && !left.has(column)) into.take(from, placed(column))
      }
    }
  }

  /** By the place in a list, the last one behind it of the same namespace: those of one namespace follow each other. */
  const nextSpace = once(({ members }: Destinations): Int32Array => {
    const last = new Int32Array(members.length)
    for (let index = members.length - 1; index >= 0; index--) {
      const isSame = toSpaces[members[index] ?? -1] === toSpaces[members[index + 1] ?? -1]
      last[index] = isSame ? (last[index + 1] ?? index) : index
    }
    return last
  })

  function isItself(member: number, column: number): boolean {
    const endpoint = sources[member]
    return endpoint !== undefined && endpoint === destinations[column] && !endpoint.another
  }

  function hearOutside(connections: Iterable<Connection>, from: number | null, to: number | null): void {
    let isPossible = false
    for (const connection of connections) {
      const ranges = rangesOf(connection)
      const { ports } = connection
      if (connection.possible.length > 0) isPossible = true
      if (from === null && to !== null && ports.length > 0 && isOfInternet(ranges)) {
        const id = destinations[to]?.id
        if (id !== undefined) openToInternet.add(id)
      }
      if (!byNamespace) continue
      const isSurely = isSure(connection)
      const isAll = isSurely && isEvery(ports) && isEverywhere(ranges)
      const [source, destination] = [fromSpaces[from ?? -1] ?? outside, toSpaces[to ?? -1] ?? outside]
      note(source, destination, isAll ? 1 : 0, { open: ports.length > 0, unsure: !isSurely })
    }
    if (!isPossible) return
    possible.count(1)
    possible.take(from === null ? 2 * places.from : placed(from), to === null ? 2 * places.to : placed(to))
  }

  let done = 0
  for (const kind of reach.kinds) {
    hearKind(kind)
    onRow?.((done += kind.members.length))
  }
  for (const [column, to] of destinations.entries()) hearOutside(world('ingress', to), null, column)
  for (const [member, from] of sources.entries()) hearOutside(world('egress', from), member, null)
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
