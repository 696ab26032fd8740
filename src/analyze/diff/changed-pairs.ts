import type { SetId } from '../../matrix/connection-sets.js'
import type { Row } from '../../matrix/gathering.js'
import { lazy } from '../../model/once.js'
import type { PortQuestion } from '../../query/port.js'
import { columnsOf, isHost, type Column } from './columns.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Group } from './groups.js'
import { SIDES, type JointWorld, type SideName } from './joint-world.js'
import { checkChanges, checkLooks } from './limits.js'
import type { LineChange, LineChanges, LinesSeen } from './line-changes.js'
import { pairLooks } from './pair-looks.js'

/** So many cells that rows say the same of are looked at closely. */
const MOST_ALIKE = 20_000
const NONE: ReadonlySet<Group> = new Set()

/** Pairs of endpoints between which the same ports were opened or closed: each source with each destination but itself. */
export interface ChangedCell {
  readonly sources: readonly EndpointPair[]
  readonly destinations: readonly EndpointPair[]
  readonly isSelf: boolean
  readonly changes: readonly LineChange[]
}

/** All cells that differ. */
export interface ChangedCells extends LinesSeen {
  readonly cells: readonly ChangedCell[]
  /** How many cells rows say the same of, where closer looks might find that less may have been open: more than are looked at. */
  readonly unresolved: number
}

/**
 * Compares the rows of both sides, class by class; only cells with different sets of ports are looked at, and those of which nodes
 * or names decide. Where few destinations are asked about, cells are computed alone. Throws `TooCostly` where too many are looked
 * at, or differ.
 */
export function changedPairs(
  world: JointWorld,
  sources: readonly Group[],
  destinations: readonly Group[],
  port: PortQuestion,
  by: 'rows' | 'cells' = 'rows',
): ChangedCells {
  const { sets } = world
  const cells: ChangedCell[] = []
  let [linesBefore, unchanged, changed, alike] = [0, 0, 0, 0]
  const columns = columnsOf(world, destinations)
  const examples = columns.list.map(({ example }) => example)
  const numbers = { base: numbersOf(examples, 'base'), head: numbersOf(examples, 'head') }
  const groupOf = new Map(destinations.flatMap((group) => group.members.map(({ index }) => [index, group] as const)))
  const looks = pairLooks(world, port, by)
  const isByRows = port.kind !== 'name' && by === 'rows'
  const hosts = sources.filter(isHost).length
  const ofHosts =
    hosts * columns.list.length + (sources.length - hosts) * columns.list.filter((one) => one.isHost).length
  checkLooks(isByRows ? ofHosts : sources.length * columns.list.length)

  for (const source of sources) {
    const [before = null, after = null] = SIDES.map((name) => (isByRows ? plainRow(source, name) : null))
    const possible = lazy(() => ({ base: possibleRow(source, 'base'), head: possibleRow(source, 'head') }))
    // All that source and another end have changed in the same way is one cell
    const ends = new Map<readonly LineChange[], EndpointPair[]>()
    const selves = new Map<Group | Column, number>()
    for (const member of source.members) {
      const own = groupOf.get(member.index)
      if (own === undefined) continue
      for (const whole of [own, columns.columnOf.get(own)])
        if (whole !== undefined) selves.set(whole, (selves.get(whole) ?? 0) + 1)
      const { changes } = counted(looks.at(source, own, member), 1)
      if (changes.length > 0) cells.push({ sources: [member], destinations: [member], isSelf: true, changes })
    }
    const near = columns.near(source)
    for (let at = 0; at < columns.list.length; at++) {
      const column = columns.list[at]
      if (column === undefined) continue
      if (before !== null && after !== null) {
        const [inBase, inHead] = [numbers.base[at] ?? -1, numbers.head[at] ?? -1]
        const [old, now] = [before[inBase] ?? -1, after[inHead] ?? -1]
        if (old >= 0 && now >= 0 && !(old === now && mayOpenMore(now, inBase, inHead))) {
          // Most cells are closed, and there can be tens of millions of them
          if (old === sets.none && now === sets.none) continue
          const count = pairsOf(column.size, column)
          const perhaps = old === now ? now : (possible().head?.[inHead] ?? now)
          if (count > 0)
            keep(looks.plain(source, column.example, { base: old, head: now }, perhaps), count, column.groups)
          continue
        }
      }
      lookAtColumn(column, near.get(column))
    }
    for (const [changes, some] of ends)
      cells.push({ sources: source.members, destinations: some, isSelf: false, changes })

    /** Whether more may be open than is on both sides; where rows say the same of that, closer looks at some differ. */
    function mayOpenMore(open: SetId, inBase: number, inHead: number): boolean {
      const { base, head } = possible()
      const perhaps = head?.[inHead] ?? open
      if (perhaps === open || sets.covers(open, perhaps)) return false
      return perhaps !== base?.[inBase] || ++alike <= MOST_ALIKE
    }

    /** How many pairs of two different endpoints the source makes with some destinations. */
    function pairsOf(size: number, whole: Group | Column): number {
      return source.members.length * size - (selves.get(whole) ?? 0)
    }

    function lookAtColumn(column: Column, apart: ReadonlySet<Group> = NONE): void {
      let count = pairsOf(column.size, column)
      for (const group of apart) {
        const own = pairsOf(group.members.length, group)
        count -= own
        if (own > 0) keep(looks.at(source, group), own, [group])
      }
      const others = count > 0 ? column.groups.filter((group) => !apart.has(group)) : []
      const [example] = others
      if (example !== undefined) keep(looks.at(source, example), count, others)
    }

    function keep(found: LineChanges, count: number, groups: readonly Group[]): void {
      const { changes } = counted(found, count)
      if (changes.length === 0) return
      const list = ends.get(changes) ?? []
      ends.set(changes, list)
      for (const { members } of groups) for (const member of members) list.push(member)
    }
  }
  return { cells, before: linesBefore, unchanged, unresolved: Math.max(0, alike - MOST_ALIKE) }

  function plainRow(source: Group, name: SideName): Row | null {
    const seen = source[name]
    return seen && world[name].matrix.rowOf(seen.podClass).plain()
  }

  function possibleRow(source: Group, name: SideName): Row | null {
    const seen = source[name]
    return seen && world[name].matrix.rowOf(seen.podClass).possible
  }

  function counted(found: LineChanges, count: number): LineChanges {
    linesBefore += found.before * count
    unchanged += found.unchanged * count
    changed += found.changes.length * count
    checkChanges(changed)
    return found
  }
}

function numbersOf(groups: readonly Group[], side: SideName): Int32Array {
  return Int32Array.from(groups, (group) => group[side]?.podClass.number ?? -1)
}
