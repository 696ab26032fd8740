import { recent } from '../model/recent.js'
import type { Direction } from '../model/direction.js'
import { connection, EXTERNAL, placeOfOutside, type Connection } from './connections.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Reach, Sources } from './reach.js'
import type { Said } from './said.js'
import type { WorldLines } from './world-lines.js'

/** Destinations in order, and what is said of each; the same object for all sources that say the same. */
export interface Stretch {
  readonly columns: readonly MatrixEndpoint[]
  readonly said: readonly Said[]
}

/** A part of what a source says, in the order of its destinations; what the outside world says and hears is said one by one. */
export type Segment =
  | {
      readonly from: MatrixEndpoint
      readonly stretch: Stretch
      /** The column of the source itself, of which nothing is said; -1 where there is none. */
      readonly itself: number
    }
  | { readonly connections: Iterable<Connection> }

/** Every connection of a selection, by the ids of its ends; the outside world stands among the others by its id. */
export function* connectionsOf(
  reach: Reach,
  worldOf: WorldLines,
  onRow?: (done: number) => void,
): Iterable<Connection> {
  for (const segment of segmentsOf(reach, worldOf, onRow)) {
    if ('connections' in segment) {
      yield* segment.connections
      continue
    }
    const { from, stretch, itself } = segment
    const { columns, said } = stretch
    for (const [at, to] of columns.entries()) {
      if (at === itself) continue
      for (const line of said[at]?.lines ?? []) yield connection(from, to, line)
    }
  }
}

/** The same as connections in parts, so that what sources have in common need not be gone through for each of them. */
export function* segmentsOf(reach: Reach, worldOf: WorldLines, onRow?: (done: number) => void): Iterable<Segment> {
  const { sources, destinations } = reach
  const world = function* (direction: Direction, endpoint: MatrixEndpoint): Iterable<Connection> {
    for (const line of worldOf(direction, endpoint)) {
      const outside = { id: EXTERNAL, ranges: line.ranges } as const
      yield direction === 'egress' ? connection(endpoint, outside, line) : connection(outside, endpoint, line)
    }
  }
  const kindOf: Sources[] = []
  for (const some of reach.kinds) for (const member of some.members) kindOf[member] = some
  const numberOf = new Map(destinations.map((endpoint, number) => [endpoint, number]))
  // What the outside stands before
  const outsideAt = { source: placeOfOutside(sources), destination: placeOfOutside(destinations) }
  const rowOf = recent(keptRows(destinations.length), ({ kind }: Sources) => rowFor(reach, kind, outsideAt.destination))
  const fromOutside = function* (): Iterable<Segment> {
    for (const to of destinations) yield { connections: world('ingress', to) }
    onRow?.(++done)
  }
  let done = 0
  for (const [index, from] of sources.entries()) {
    if (index === outsideAt.source) yield* fromOutside()
    const kind = kindOf[index]
    const row = kind === undefined ? NOTHING : rowOf(kind)
    const own = from.another ? -1 : (numberOf.get(from) ?? -1)
    if (row.before.columns.length > 0) yield { from, stretch: row.before, itself: columnOf(row.before, own) }
    yield { connections: world('egress', from) }
    if (row.after.columns.length > 0) yield { from, stretch: row.after, itself: columnOf(row.after, own) }
    onRow?.(++done)
  }
  if (outsideAt.source === sources.length) yield* fromOutside()
}

/** Some destinations with their numbers, which ascend. */
interface NumberedStretch extends Stretch {
  readonly numbers: readonly number[]
}

/** All that is said of destinations, before and behind the place of the outside world. */
interface ReachedRow {
  readonly before: NumberedStretch
  readonly after: NumberedStretch
}

const EMPTY: NumberedStretch = { numbers: [], columns: [], said: [] }
const NOTHING: ReachedRow = { before: EMPTY, after: EMPTY }

/** So many destinations of rows are kept: sources of one kind share a row, and neighbours are mostly of few kinds. */
const KEPT_COLUMNS = 2_000_000

function keptRows(columns: number): number {
  return Math.max(8, Math.floor(KEPT_COLUMNS / Math.max(1, columns)))
}

function rowFor(reach: Reach, kind: Sources['kind'], outside: number): ReachedRow {
  const cells: { readonly number: number; readonly said: Said }[] = []
  let lists = 0
  reach.hear(kind, ({ members }, without, said) => {
    lists += 1
    const left = new Set(without.flatMap((some) => some.members))
    for (const number of members) if (!left.has(number)) cells.push({ number, said })
  })
  if (lists > 1) cells.sort((a, b) => a.number - b.number)
  const stretch = (some: typeof cells): NumberedStretch => {
    const found = { numbers: [] as number[], columns: [] as MatrixEndpoint[], said: [] as Said[] }
    for (const { number, said } of some) {
      const column = reach.destinations[number]
      if (column === undefined) continue
      found.numbers.push(number)
      found.columns.push(column)
      found.said.push(said)
    }
    return some.length === 0 ? EMPTY : found
  }
  const found = cells.findIndex(({ number }) => number >= outside)
  const split = found < 0 ? cells.length : found
  return { before: stretch(cells.slice(0, split)), after: stretch(cells.slice(split)) }
}

/** Where a number stands among those of a stretch, or -1. */
function columnOf({ numbers }: NumberedStretch, wanted: number): number {
  let [low, high] = [0, wanted < 0 ? 0 : numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return wanted >= 0 && numbers[low] === wanted ? low : -1
}
