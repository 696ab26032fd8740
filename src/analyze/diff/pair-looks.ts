import type { SetId } from '../../matrix/connection-sets.js'
import type { PortQuestion } from '../../query/port.js'
import { portsAsked } from '../asked-ports.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Group } from './groups.js'
import type { JointWorld, SideName } from './joint-world.js'
import { knownLines } from './known-lines.js'
import { checkLooks } from './limits.js'
import type { LineChanges } from './line-changes.js'
import { openAlike, openness, type Openness } from './openness.js'
import { certaintyOfChange, nodesOf } from './pair-certainty.js'
import { possibleOpenings } from './possible-openings.js'

/** Looks at single pairs of endpoints, each of which stands for its group. */
export interface PairLooks {
  /** What became of a pair, or of an endpoint and another replica of it. */
  at(source: Group, destination: Group, self?: EndpointPair | null): LineChanges
  /** What became of a pair of which rows say what both sides have open, over any family, and what may be open on the head. */
  plain(source: Group, destination: Group, open: Readonly<Record<SideName, SetId>>, perhaps: SetId): LineChanges
}

/** Prepares to look; throws `TooCostly` at the first look that is too many. Cells of rows that are not made are computed alone. */
export function pairLooks(world: JointWorld, port: PortQuestion, by: 'rows' | 'cells'): PairLooks {
  const { sets } = world
  const lines = knownLines(sets, port)
  let looks = 0

  /** Null is said of a pair that is not there. */
  function found(
    source: Group,
    destination: Group,
    before: Openness | null,
    after: Openness | null,
    mayBeOpen: boolean,
  ): LineChanges {
    const [old, now] = [before ?? openAlike(sets.none), after ?? openAlike(sets.none)]
    const compared = lines.of(old, now, destination)
    const changes = lines.sure(compared.changes, (change) => certaintyOfChange(world, source, destination, change))
    const ends = { source, destination, isThereBefore: before !== null, before: old, after: now }
    const ports = (set: SetId) => portsAsked(sets.ports(set), port, destination.head?.endpoint ?? null)
    const possible = after !== null && mayBeOpen ? possibleOpenings(world, { ...ends, ports }) : []
    return { ...compared, changes: possible.length === 0 ? changes : [...changes, ...possible] }
  }

  return {
    at(source, destination, self = null) {
      looks++
      checkLooks(looks)
      const said = (name: SideName) => openBetween(name, source, destination, self)
      return found(source, destination, said('base'), said('head'), true)
    },
    plain(source, destination, open, perhaps) {
      const said = (name: SideName) => openAlike(sets.intersect(destination[name]?.asked ?? sets.none, open[name]))
      const isCovered = sets.covers(open.base, perhaps) || sets.covers(open.head, perhaps)
      return found(source, destination, said('base'), said('head'), !isCovered)
    },
  }

  /** What one side has open from one endpoint to another; null where an end is not there. */
  function openBetween(name: SideName, source: Group, destination: Group, self: EndpointPair | null): Openness | null {
    const [from, to] = [source[name], destination[name]]
    if (from === null || to === null || (self !== null && self[name]?.another !== true)) return null
    const side = world[name]
    const [row, nodes] = [side.matrix.rowOf(from.podClass), nodesOf(side, from, to)]
    const opened = by === 'rows' ? row.opened(to.podClass, nodes) : row.cell(to.podClass, nodes)
    return openness(sets, opened, to.asked)
  }
}
