import { placed, type PairCollector } from './first-pairs.js'
import { once } from '../model/once.js'
import type { OverviewEnds } from './overview-ends.js'
import type { Destinations } from './reach-columns.js'

/** Takes the first pairs of lists of numbers, as long as they can be among the first of all. */
export interface EarlyPairs {
  /** All pairs of some sources and the members of lists, less those of some others; the lists are only asked for where they matter. */
  readonly collect: Collecting
  /** The same of two namespaces. */
  readonly collectAcross: Collecting
}

type Collecting = (
  into: PairCollector,
  members: readonly number[],
  lists: () => readonly Destinations[],
  without: readonly Destinations[],
) => void

/** Collects pairs of the ends of an overview. */
export function earlyPairs({ fromSpaces, toSpaces, selfOf }: OverviewEnds): EarlyPairs {
  /** By the place in a list, the last one behind it of the same namespace: those of one namespace follow each other. */
  const lastOfSpace = once(({ members }: Destinations): Int32Array => {
    const last = new Int32Array(members.length)
    for (let index = members.length - 1; index >= 0; index--) {
      const isSame = toSpaces[members[index] ?? -1] === toSpaces[members[index + 1] ?? -1]
      last[index] = isSame ? (last[index + 1] ?? index) : index
    }
    return last
  })
  const isEarly = (into: PairCollector, members: readonly number[]) =>
    members[0] !== undefined && into.isEarly(placed(members[0]), -1)

  function take(
    into: PairCollector,
    members: readonly number[],
    list: Destinations,
    without: readonly Destinations[],
    isAcross: boolean,
  ): void {
    if (!isEarly(into, members)) return
    const left = new Set(without.flatMap((one) => one.members))
    for (const member of members) {
      const from = placed(member)
      if (!into.isEarly(from, -1)) return
      const self = selfOf(member)
      for (let index = 0; index < list.members.length; index++) {
        const column = list.members[index] ?? 0
        if (!into.isEarly(from, placed(column))) break
        if (isAcross && toSpaces[column] === fromSpaces[member]) index = lastOfSpace(list)[index] ?? index
        else if (column !== self && !left.has(column)) into.take(from, placed(column))
      }
    }
  }

  function taking(isAcross: boolean): Collecting {
    return (into, members, lists, without) => {
      if (!isEarly(into, members)) return
      for (const list of lists()) take(into, members, list, without, isAcross)
    }
  }

  return { collect: taking(false), collectAcross: taking(true) }
}
