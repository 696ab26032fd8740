import { grouped } from '../../model/grouped.js'
import type { Place } from '../places.js'
import type { Group } from './groups.js'
import { SIDES, type JointWorld, type SideName } from './joint-world.js'

/** Destinations that differ only in where they are: whoever has no node in common with them meets them alike. */
export interface Column {
  readonly groups: readonly Group[]
  /** One of them. */
  readonly example: Group
  /** How many endpoints there are. */
  readonly size: number
  /** Some of them are on their host's network. */
  readonly isHost: boolean
}

/** The columns of some destinations, and which parts of them a source must be compared with one by one. */
export interface Columns {
  readonly list: readonly Column[]
  readonly columnOf: ReadonlyMap<Group, Column>
  /** The groups that share a node with a source, where either is on its host's network. */
  near(source: Group): ReadonlyMap<Column, ReadonlySet<Group>>
}

/** Gathers destinations into columns. */
export function columnsOf(world: JointWorld, destinations: readonly Group[]): Columns {
  const list = [...grouped(destinations, ({ kind }) => kind).values()].flatMap((groups): readonly Column[] => {
    const [example] = groups
    if (example === undefined) return []
    return [
      { groups, example, size: groups.reduce((sum, { members }) => sum + members.length, 0), isHost: isHost(example) },
    ]
  })
  const columnOf = new Map(list.flatMap((column) => column.groups.map((group) => [group, column] as const)))
  const there = {
    base: byPlace(destinations, 'base'),
    head: byPlace(destinations, 'head'),
  }
  return {
    list,
    columnOf,
    near(source) {
      const found = new Map<Column, Set<Group>>()
      for (const name of SIDES) {
        const place = source[name]?.place ?? null
        if (place === null) continue
        for (const other of world[name].places.near(place)) {
          for (const group of there[name].get(other) ?? []) {
            const column = columnOf.get(group)
            if (column === undefined || !(column.isHost || isHost(source))) continue
            const groups = found.get(column)
            if (groups === undefined) found.set(column, new Set([group]))
            else groups.add(group)
          }
        }
      }
      return found
    },
  }
}

/** Whether a group is on its host's network on either side, so that it matters on which nodes pods are. */
export function isHost({ base, head }: Group): boolean {
  return base?.isHost === true || head?.isHost === true
}

function byPlace(groups: readonly Group[], name: SideName): ReadonlyMap<Place | null, readonly Group[]> {
  return grouped(
    groups.filter((group) => group[name]?.place != null),
    (group) => group[name]?.place ?? null,
  )
}
