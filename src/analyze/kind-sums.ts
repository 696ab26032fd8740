import type { Degrees, Told } from './degrees.js'
import { earlyPairs } from './early-pairs.js'
import type { PairCollector } from './first-pairs.js'
import { countBy, less, sum, type Counts } from './namespace-counts.js'
import type { OverviewEnds } from './overview-ends.js'
import type { NamespacePairs } from './overview-result.js'
import type { Reach, Sources } from './reach.js'
import type { Destinations } from './reach-columns.js'
import type { Said } from './said.js'
import { tallyOf } from './tally.js'

/** Where what is said of pairs is summed up. */
export interface PairSums {
  readonly across: PairCollector
  readonly possible: PairCollector
  /** So many pairs of two namespaces; null where namespaces do not matter. */
  readonly note: ((from: number, to: number, all: number, pairs: Omit<NamespacePairs, 'all'>) => void) | null
  /** So many lines more may be surer than they say. */
  readonly estimate: (more: number) => void
}

const NOBODY: readonly number[] = []

/** Sums up what sources of one kind say after the other. */
export function kindSums(
  reach: Reach,
  ends: OverviewEnds,
  { across, possible, note, estimate }: PairSums,
): (kind: Sources) => void {
  const { fromSpaces, toSpaces, columnAt, selfOf } = ends
  const { collect, collectAcross } = earlyPairs(ends)
  const tally = tallyOf(reach.columns, toSpaces, ends.spaces)
  const known: { readonly counts: Counts; readonly only: number | null }[] = []
  const toCounts = ({ number, members }: Destinations) => {
    const found = known[number]
    if (found !== undefined) return found
    const counts = countBy(members, toSpaces)
    const [only = null] = counts.size === 1 ? counts.keys() : []
    return (known[number] = { counts, only })
  }

  /** What is said alike of many columns: nothing of them matters but how many destinations are in which namespace. */
  function hearDegree(members: readonly number[], here: Counts, degrees: Degrees, degree: number): void {
    const told = reach.toldOf(degree)
    const own = countBy(
      members.flatMap((member) => selfOf(member) ?? NOBODY).filter((self) => degrees[columnAt[self] ?? -1] === degree),
      toSpaces,
    )
    const lists = () => reach.columns.filter((_, column) => degrees[column] === degree)
    const pairs = members.length * tally.count(degree) - sum(own)
    estimate(pairs * told.estimated)
    if (told.possible && pairs > 0) {
      possible.count(pairs)
      collect(possible, members, lists, [])
    }
    if (told.everyPort > 0) {
      let beyond = members.length * tally.count(degree)
      for (const [space, count] of here) beyond -= count * tally.countIn(degree, space)
      if (beyond > 0) hearAcross(members, lists, [], told, beyond)
    }
    if (note === null) return
    for (const [from, count] of here) {
      for (let to = 0; to < ends.spaces; to++) {
        const some = count * tally.countIn(degree, to) - (from === to ? (own.get(from) ?? 0) : 0)
        if (some > 0) note(from, to, some * told.surelyAll, told)
      }
    }
  }

  function hear(
    members: readonly number[],
    here: Counts,
    list: Destinations,
    without: readonly Destinations[],
    own: readonly number[] | undefined,
    said: Said,
  ): void {
    const there = toCounts(list)
    const [only] = here.size === 1 ? here.keys() : []
    // Most lists are of one namespace, and there can be as many of them as pairs of classes
    if (without.length > 0 || own !== undefined || only === undefined || there.only === null) {
      hearMany(members, here, list, without, own ?? NOBODY, said)
      return
    }
    const pairs = members.length * list.members.length
    estimate(pairs * said.estimated)
    if (said.possible) {
      possible.count(pairs)
      collect(possible, members, () => [list], without)
    }
    if (said.everyPort > 0 && only !== there.only) hearAcross(members, () => [list], without, said, pairs)
    note?.(only, there.only, pairs * said.surelyAll, said)
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
      selves.filter((number) => !apart.has(number)),
      toSpaces,
    )
    const all = members.length * (list.members.length - apart.size)
    estimate((all - sum(own)) * said.estimated)
    if (said.possible && all > sum(own)) {
      possible.count(all - sum(own))
      collect(possible, members, () => [list], without)
    }
    if (said.everyPort > 0) {
      let inside = 0
      for (const [space, count] of here) inside += count * (there.get(space) ?? 0)
      if (all > inside) hearAcross(members, () => [list], without, said, all - inside)
    }
    if (note === null) return
    for (const [from, some] of here) {
      for (const [to, others] of there) {
        const pairs = some * others - (from === to ? (own.get(from) ?? 0) : 0)
        if (pairs > 0) note(from, to, pairs * said.surelyAll, said)
      }
    }
  }

  function hearAcross(
    members: readonly number[],
    lists: () => readonly Destinations[],
    without: readonly Destinations[],
    { everyPort }: Told,
    pairs: number,
  ): void {
    across.count(everyPort * pairs)
    for (let line = 0; line < everyPort; line++) collectAcross(across, members, lists, without)
  }

  /** By the numbers of lists: single pods among the sources that are in the list, and not paired with themselves. */
  function selvesOf(members: readonly number[]): ReadonlyMap<number, readonly number[]> {
    const selves = new Map<number, number[]>()
    for (const member of members) {
      const self = selfOf(member)
      if (self === undefined) continue
      for (const { number } of reach.listsOf(self)) {
        const found = selves.get(number)
        if (found === undefined) selves.set(number, [self])
        else found.push(self)
      }
    }
    return selves
  }

  return ({ kind, members }) => {
    const here = countBy(members, fromSpaces)
    const degrees = reach.degreesOf(kind)
    const apart = tally.turn(degrees)
    for (const degree of tally.degrees()) hearDegree(members, here, degrees, degree)
    if (apart.length === 0) return
    const selves = selvesOf(members)
    reach.hear(
      kind,
      (list, without, said) => {
        hear(members, here, list, without, selves.get(list.number), said)
      },
      apart,
    )
  }
}
