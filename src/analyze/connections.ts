import type { Direction } from '../model/direction.js'
import { recent } from '../model/recent.js'
import type { AddressRange } from '../net/ranges.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Reach, Sources } from './reach.js'
import type { Line, Said } from './said.js'
import type { WorldLines } from './world-lines.js'

/** An end of a connection: an endpoint, or addresses outside the cluster. */
export type ConnectionEnd = MatrixEndpoint | OutsideEnd

/** Addresses outside the cluster. */
export interface OutsideEnd {
  readonly id: 'external'
  readonly ranges: readonly AddressRange[]
}

/** A pair with at least one port that is open or may be, and all of these. What is absent is certainly closed. */
export interface Connection extends Line {
  readonly from: ConnectionEnd
  readonly to: ConnectionEnd
}

/** The id that stands for the outside world. */
export const EXTERNAL = 'external'

/** Every connection of a selection, by the ids of its ends; the outside world stands among the others by its id. */
export function* connectionsOf(
  reach: Reach,
  worldOf: WorldLines,
  onRow?: (done: number) => void,
): Iterable<Connection> {
  const { sources, destinations } = reach
  const world = function* (direction: Direction, endpoint: MatrixEndpoint): Iterable<Connection> {
    for (const line of worldOf(direction, endpoint)) {
      const outside = { id: EXTERNAL, ranges: line.ranges } as const
      yield direction === 'egress' ? connection(endpoint, outside, line) : connection(outside, endpoint, line)
    }
  }
  const kindOf: Sources[] = []
  for (const some of reach.kinds) for (const member of some.members) kindOf[member] = some
  // What the outside stands before
  const outsideAt = { source: placeOfOutside(sources), destination: placeOfOutside(destinations) }
  const rowOf = recent(keptRows(destinations.length), ({ kind }: Sources) => rowFor(reach, kind))
  const fromOutside = function* (): Iterable<Connection> {
    for (const to of destinations) yield* world('ingress', to)
    onRow?.(++done)
  }
  let done = 0
  for (const [index, from] of sources.entries()) {
    if (index === outsideAt.source) yield* fromOutside()
    const kind = kindOf[index]
    const row = kind === undefined ? NOTHING : rowOf(kind)
    let passed = false
    for (let at = 0; at < row.columns.length; at++) {
      const column = row.columns[at] ?? 0
      if (!passed && column >= outsideAt.destination) {
        passed = true
        yield* world('egress', from)
      }
      const to = destinations[column]
      if (to === undefined || (from === to && !from.another)) continue
      for (const line of row.said[at]?.lines ?? []) yield connection(from, to, line)
    }
    if (!passed) yield* world('egress', from)
    onRow?.(++done)
  }
  if (outsideAt.source === sources.length) yield* fromOutside()
}

function connection(
  from: ConnectionEnd,
  to: ConnectionEnd,
  { ports, possible, family, certainty, note }: Line,
): Connection {
  return { from, to, ports, possible, family, certainty, note }
}

/** Destinations of which something is said, in order, and what. */
interface ReachedRow {
  readonly columns: readonly number[]
  readonly said: readonly Said[]
}

const NOTHING: ReachedRow = { columns: [], said: [] }

/** So many destinations of rows are kept: sources of one kind share a row, and neighbours are mostly of few kinds. */
const KEPT_COLUMNS = 2_000_000

function keptRows(columns: number): number {
  return Math.max(8, Math.floor(KEPT_COLUMNS / Math.max(1, columns)))
}

function rowFor(reach: Reach, kind: Sources['kind']): ReachedRow {
  const found: { readonly columns: readonly number[]; readonly said: Said }[] = []
  reach.hear(kind, ({ members }, without, said) => {
    const left = new Set(without.flatMap((some) => some.members))
    found.push({ columns: left.size === 0 ? members : members.filter((column) => !left.has(column)), said })
  })
  const [only, ...others] = found
  if (only === undefined) return NOTHING
  if (others.length === 0) return { columns: only.columns, said: only.columns.map(() => only.said) }
  const cells = found.flatMap(({ columns, said }) => columns.map((column) => ({ column, said })))
  cells.sort((a, b) => a.column - b.column)
  return { columns: cells.map(({ column }) => column), said: cells.map(({ said }) => said) }
}

/** The number of the endpoint that the outside world comes before. */
export function placeOfOutside(endpoints: readonly MatrixEndpoint[]): number {
  const found = endpoints.findIndex(({ id }) => id > EXTERNAL)
  return found < 0 ? endpoints.length : found
}
