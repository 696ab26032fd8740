import { lazy } from '../../model/once.js'
import { TooCostly } from '../../model/too-costly.js'
import type { Certainty } from '../../model/verdict.js'
import type { PortQuestion } from '../../query/port.js'
import { portsAsked } from '../asked-ports.js'
import type { SetId } from '../../matrix/connection-sets.js'
import { columnsOf, isHost, type Column } from './columns.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Group, Seen } from './groups.js'
import type { JointWorld, SideName, SideWorld } from './joint-world.js'
import { compareLines, type LineChange, type LinesSeen } from './line-changes.js'
import { nothingOpen, openness, sameOpenness, type Openness } from './openness.js'
import { certaintyOfChange, nodesOf } from './pair-certainty.js'
import { possibleOpenings } from './possible-openings.js'

/** A look takes some microseconds. */
const MOST_LOOKS = 2_000_000
/** Doubts about labels are resolved for no more cells either. */
const MOST_ALIKE = 20_000
const FEWER = 'ask about fewer with --from, --to and --port'
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
}

/**
 * Compares the rows of both sides, class by class; only cells with different sets of ports are looked at, and those of which nodes
 * or names decide. Where few destinations are asked about, cells are computed alone. Throws {@link TooCostly} where too many are
 * looked at.
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
  let [linesBefore, unchanged, looks, alike] = [0, 0, 0, 0]
  const countSame = (count: number): void => {
    linesBefore += count
    unchanged += count
  }
  const columns = columnsOf(world, destinations)
  const examples = columns.list.map(({ example }) => example)
  const numbers = { base: numbersOf(examples, 'base'), head: numbersOf(examples, 'head') }
  const groupOf = new Map(destinations.flatMap((group) => group.members.map(({ index }) => [index, group] as const)))
  const isNamed = port.kind === 'name'
  const hosts = sources.filter(isHost).length
  const ofHosts =
    hosts * columns.list.length + (sources.length - hosts) * columns.list.filter((one) => one.isHost).length
  checkLooks(isNamed || by === 'cells' ? sources.length * columns.list.length : ofHosts)

  for (const source of sources) {
    const before = by === 'cells' ? null : source.base && world.base.matrix.rowOf(source.base.podClass).plain()
    const after = by === 'cells' ? null : source.head && world.head.matrix.rowOf(source.head.podClass).plain()
    const possible = lazy(() => ({
      base: source.base && world.base.matrix.rowOf(source.base.podClass).possible,
      head: source.head && world.head.matrix.rowOf(source.head.podClass).possible,
    }))
    const selves = new Map<Group | Column, number>()
    for (const member of source.members) {
      const own = groupOf.get(member.index)
      if (own === undefined) continue
      for (const whole of [own, columns.columnOf.get(own)])
        if (whole !== undefined) selves.set(whole, (selves.get(whole) ?? 0) + 1)
      look(source, own, 1, () => [[member], [member]], member)
    }
    const near = columns.near(source)
    for (let at = 0; at < columns.list.length; at++) {
      const column = columns.list[at]
      if (column === undefined) continue
      if (!isNamed && before !== null && after !== null) {
        const [old, now] = [before[numbers.base[at] ?? -1] ?? -1, after[numbers.head[at] ?? -1] ?? -1]
        if (old === now && old >= 0) {
          // Most cells are closed, and there can be tens of millions of them
          if (mayOpenMore(old, numbers.base[at] ?? -1, numbers.head[at] ?? -1)) {
            lookAtColumn(column, near.get(column))
            continue
          }
          if (old === sets.none) continue
          const asked = column.example.head?.asked ?? sets.none
          if (asked === sets.all || sets.intersect(old, asked) !== sets.none) countSame(pairsOf(column.size, column))
          continue
        }
      }
      lookAtColumn(column, near.get(column))
    }

    /** Whether more may be open than is on both sides; where rows say the same of that, closer looks at some differ. */
    function mayOpenMore(open: SetId, numberBefore: number, numberAfter: number): boolean {
      const { base, head } = possible()
      const perhaps = head?.[numberAfter] ?? open
      if (perhaps === open || sets.covers(open, perhaps)) return false
      return perhaps !== base?.[numberBefore] || ++alike <= MOST_ALIKE
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
        if (own > 0) look(source, group, own, () => [source.members, group.members])
      }
      const example = count > 0 ? column.groups.find((group) => !apart.has(group)) : undefined
      if (example === undefined) return
      look(source, example, count, () => [
        source.members,
        column.groups.flatMap((group) => (apart.has(group) ? [] : group.members)),
      ])
    }
  }
  return { cells, before: linesBefore, unchanged }

  /** Looks at one pair for all that it stands for, or at one endpoint and another replica of it. */
  function look(
    source: Group,
    destination: Group,
    count: number,
    endsOf: () => readonly [readonly EndpointPair[], readonly EndpointPair[]],
    self: EndpointPair | null = null,
  ): void {
    looks++
    checkLooks(looks)
    const before = saidBy('base', self, source, destination)
    const after = saidBy('head', self, source, destination)
    const possible = after.isThere
      ? possibleOpenings(world, {
          source,
          destination,
          isThereBefore: before.isThere,
          before: before.said,
          after: after.said,
          ports: after.ports,
        })
      : []
    const isSame = !isNamed && sameOpenness(before.said, after.said) && !before.said.differs
    if (isSame && before.said.all !== sets.none) countSame(count)
    const found = isSame ? null : compareLines(before, after, sureOf)
    linesBefore += (found?.before ?? 0) * count
    unchanged += (found?.unchanged ?? 0) * count
    const changes = [...(found?.changes ?? []), ...possible]
    if (changes.length === 0) return
    const [from, to] = endsOf()
    cells.push({ sources: from, destinations: to, isSelf: self !== null, changes })

    function sureOf(change: LineChange): Certainty {
      return certaintyOfChange(world, source, destination, change)
    }
  }

  function saidBy(name: SideName, self: EndpointPair | null, source: Group, destination: Group) {
    const [from, to] = [source[name], destination[name]]
    const ports = (set: number) => portsAsked(sets.ports(set), port, to?.endpoint ?? null)
    if (from === null || to === null || (self !== null && self[name]?.another !== true))
      return { said: nothingOpen(sets), ports, isThere: false }
    return { said: openBetween(world[name], from, to, by), ports, isThere: true }
  }
}

function checkLooks(looks: number): void {
  if (looks > MOST_LOOKS) throw new TooCostly(`more than ${MOST_LOOKS} pairs are compared one by one`, FEWER)
}

/** What one side has open from one endpoint to another. */
function openBetween(side: SideWorld, from: Seen, to: Seen, by: 'rows' | 'cells'): Openness {
  const { matrix } = side
  const [row, nodes] = [matrix.rowOf(from.podClass), nodesOf(side, from, to)]
  const opened = by === 'rows' ? row.opened(to.podClass, nodes) : row.cell(to.podClass, nodes)
  return openness(matrix.sets, opened, to.asked)
}

function numbersOf(groups: readonly Group[], side: SideName): Int32Array {
  return Int32Array.from(groups, (group) => group[side]?.podClass.number ?? -1)
}
