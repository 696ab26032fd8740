import { remembered } from '../../model/once.js'
import type { Direction } from '../../model/direction.js'
import { changedOutside, type OutsideChange } from './changed-outside.js'
import { changedPairs, type ChangedCell } from './changed-pairs.js'
import type { Compared } from './compared.js'
import { countLines } from './count-lines.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { groupsOf } from './groups.js'
import type { DiffSide, JointWorld } from './joint-world.js'
import { linesSeen, type LinesSeen } from './line-changes.js'
import type { NearChanges } from './near-changes.js'

/** What differs. */
export interface Comparison extends LinesSeen {
  readonly cells: readonly ChangedCell[]
  readonly outside: readonly OutsideChange[]
  /** How many kinds of pairs may be open on both sides, and were perhaps certainly closed on the base: nobody looked. */
  readonly unresolved: number
}

/** Compares all of two sides. */
export function compareAll(world: JointWorld, about: Compared): Comparison {
  const [from, to] = groupsAbout(world, about)
  const within = changedPairs(world, from, to, about.port)
  const outside = outsideAbout(world, about)
  const { cells, unresolved } = within
  return { cells, unresolved, outside: outside.changes, ...linesSeen([within, outside]) }
}

/** Compares what policies that differ may have changed; the world is that of the near sides. */
export function compareNear(
  world: JointWorld,
  { ends, touched }: Pick<NearChanges, 'ends' | 'touched'>,
  about: Compared,
): Comparison {
  const sources = about.sources.filter((pair) => ends.has(pair))
  const destinations = about.destinations.filter((pair) => ends.has(pair))
  const isTouched = (direction: Direction) => (pair: EndpointPair) => touched[direction].has(pair)
  const compare = (some: Partial<Compared>, by: 'rows' | 'cells') =>
    changedPairs(world, ...groupsAbout(world, { ...about, ...some }), about.port, by)
  const parts = [
    compare({ sources: sources.filter(isTouched('egress')), destinations }, 'rows'),
    compare(
      {
        sources: sources.filter((pair) => !isTouched('egress')(pair)),
        destinations: destinations.filter(isTouched('ingress')),
      },
      'cells',
    ),
  ]
  const outside = outsideAbout(world, {
    ...about,
    sources: sources.filter(isTouched('egress')),
    destinations: destinations.filter(isTouched('ingress')),
  })
  return {
    cells: parts.flatMap(({ cells }) => cells),
    unresolved: parts.reduce((sum, { unresolved }) => sum + unresolved, 0),
    outside: outside.changes,
    ...linesSeen([...parts, outside]),
  }
}

/**
 * Counts the lines of the matrix that are the same on both sides where only what is near was compared: all lines of the base but
 * those that were looked at, and of these the ones that are the same.
 */
export function unchangedLines(base: DiffSide, about: Compared, found: Comparison): number {
  const itself = remembered((pair: EndpointPair): EndpointPair => ({ ...pair, head: pair.base }))
  const ofBase = { sources: about.sources.map(itself), destinations: about.destinations.map(itself) }
  return countLines(base, { ...about, ...ofBase }) - found.before + found.unchanged
}

function groupsAbout(world: JointWorld, { sources, destinations, port }: Compared) {
  return [groupsOf(world, sources, 'source', port), groupsOf(world, destinations, 'destination', port)] as const
}

function outsideAbout(world: JointWorld, { sources, destinations, ranges, port }: Compared) {
  return changedOutside(world, {
    ingress: { near: destinations, ranges: ranges.ingress },
    egress: { near: sources, ranges: ranges.egress },
    port,
  })
}
