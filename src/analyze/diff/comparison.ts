import { remembered } from '../../model/once.js'
import type { Direction } from '../../model/direction.js'
import type { PortQuestion } from '../../query/port.js'
import { changedOutside, type AskedRanges, type OutsideChange } from './changed-outside.js'
import { changedPairs, type ChangedCell } from './changed-pairs.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { groupsOf } from './groups.js'
import { jointWorld, type DiffSide, type JointWorld } from './joint-world.js'
import type { NearChanges } from './near-changes.js'

/** What is compared: the ends of connections within the cluster, and the addresses outside that are sources or destinations. */
export interface Compared {
  readonly sources: readonly EndpointPair[]
  readonly destinations: readonly EndpointPair[]
  readonly ranges: Readonly<Record<Direction, AskedRanges>>
  readonly port: PortQuestion
}

/** What differs, and how many lines of the matrix that were looked at do not. */
export interface Comparison {
  readonly cells: readonly ChangedCell[]
  readonly outside: readonly OutsideChange[]
  readonly unchanged: number
}

/** Compares all of two sides. */
export function compareAll(world: JointWorld, about: Compared): Comparison {
  const [from, to] = groupsAbout(world, about)
  const { cells, unchanged } = changedPairs(world, from, to, about.port)
  const outside = outsideAbout(world, about)
  return { cells, outside: outside.changes, unchanged: unchanged + outside.unchanged }
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
    outside: outside.changes,
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, outside.unchanged),
  }
}

/**
 * Counts the lines of the matrix that are the same on both sides where only what is near was compared: all lines of the base but
 * those that were looked at, and of these the ones that are the same.
 */
export function unchangedLines(base: DiffSide, near: NearChanges, about: Compared, found: Comparison): number {
  const itself = remembered((pair: EndpointPair): EndpointPair => ({ ...pair, head: pair.base }))
  const asBase: Compared = {
    ...about,
    sources: about.sources.map(itself),
    destinations: about.destinations.map(itself),
  }
  const setOf = (pairs: ReadonlySet<EndpointPair>) => new Set([...pairs].map(itself))
  const nearBase = {
    ends: setOf(near.ends),
    touched: { ingress: setOf(near.touched.ingress), egress: setOf(near.touched.egress) },
  }
  // Compared with itself, every line of a side is the same
  const all = compareAll(jointWorld(base, base), asBase)
  const looked = compareNear(jointWorld(near.sides.base, near.sides.base), nearBase, asBase)
  return all.unchanged - looked.unchanged + found.unchanged
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
