import type { PortQuestion } from '../../query/port.js'
import { portsAsked } from '../asked-ports.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Group, Seen } from './groups.js'
import type { JointWorld, SideName, SideWorld } from './joint-world.js'
import { compareLines, type LineChange, type LinesSeen, type SureOf } from './line-changes.js'
import { nothingOpen, openness, sameOpenness, type Openness } from './openness.js'
import { certaintyOfChange, nodesOf } from './pair-certainty.js'

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
 * Compares the rows of both sides, class by class; only cells with different sets of ports are looked at. Where few destinations are
 * asked about, cells are computed alone.
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
  let [linesBefore, unchanged] = [0, 0]
  const countSame = (count: number): void => {
    linesBefore += count
    unchanged += count
  }
  const numbers = { base: numbersOf(destinations, 'base'), head: numbersOf(destinations, 'head') }
  const groupOf = new Map(destinations.flatMap((group) => group.members.map(({ index }) => [index, group] as const)))
  const isNamed = port.kind === 'name'

  for (const source of sources) {
    const before = by === 'cells' ? null : source.base && world.base.matrix.rowOf(source.base.podClass).plain()
    const after = by === 'cells' ? null : source.head && world.head.matrix.rowOf(source.head.podClass).plain()
    const selves = new Map<Group, number>()
    for (const member of source.members) {
      const own = groupOf.get(member.index)
      if (own === undefined) continue
      selves.set(own, (selves.get(own) ?? 0) + 1)
      look(member, source, own)
    }
    for (let at = 0; at < destinations.length; at++) {
      const destination = destinations[at]
      if (destination === undefined) continue
      if (!isNamed && before !== null && after !== null) {
        const [old, now] = [before[numbers.base[at] ?? -1] ?? -1, after[numbers.head[at] ?? -1] ?? -1]
        if (old === now && old >= 0) {
          // Most cells are closed, and there can be tens of millions of them
          if (old === sets.none) continue
          const asked = destination.head?.asked ?? sets.none
          if (asked === sets.all || sets.intersect(old, asked) !== sets.none)
            countSame(pairsOf(source, destination, selves))
          continue
        }
      }
      const count = pairsOf(source, destination, selves)
      if (count > 0) look(null, source, destination, count)
    }
  }
  return { cells, before: linesBefore, unchanged }

  /** Looks at all pairs of two groups, or at one endpoint and another replica of it. */
  function look(self: EndpointPair | null, source: Group, destination: Group, count = 1): void {
    const before = saidBy('base', self, source, destination)
    const after = saidBy('head', self, source, destination)
    if (!isNamed && sameOpenness(before.said, after.said) && !before.said.differs) {
      if (before.said.all !== sets.none) countSame(count)
      return
    }
    const sureOf: SureOf = (change) => certaintyOfChange(world, source, destination, change)
    const found = compareLines(before, after, sureOf)
    linesBefore += found.before * count
    unchanged += found.unchanged * count
    if (found.changes.length === 0) return
    const [from, to] = self === null ? [source.members, destination.members] : [[self], [self]]
    cells.push({ sources: from, destinations: to, isSelf: self !== null, changes: found.changes })
  }

  function saidBy(name: SideName, self: EndpointPair | null, source: Group, destination: Group) {
    const [from, to] = [source[name], destination[name]]
    const ports = (set: number) => portsAsked(sets.ports(set), port, to?.endpoint ?? null)
    if (from === null || to === null || (self !== null && self[name]?.another !== true))
      return { said: nothingOpen(sets), ports }
    return { said: openBetween(world[name], from, to, by), ports }
  }
}

/** What one side has open from one endpoint to another. */
function openBetween(side: SideWorld, from: Seen, to: Seen, by: 'rows' | 'cells'): Openness {
  const { matrix } = side
  const [row, nodes] = [matrix.rowOf(from.podClass), nodesOf(side, from, to)]
  const opened = by === 'rows' ? row.opened(to.podClass, nodes) : row.cell(to.podClass, nodes)
  return openness(matrix.sets, opened, to.asked)
}

/** How many pairs of two different endpoints two groups make. */
function pairsOf(source: Group, destination: Group, selves: ReadonlyMap<Group, number>): number {
  return source.members.length * destination.members.length - (selves.get(destination) ?? 0)
}

function numbersOf(groups: readonly Group[], side: SideName): Int32Array {
  return Int32Array.from(groups, (group) => group[side]?.podClass.number ?? -1)
}
