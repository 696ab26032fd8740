import type { Direction } from '../model/direction.js'
import { worst } from '../model/verdict.js'
import type { OutsideAnswer } from '../matrix/outside-answers.js'
import type { SetId } from '../matrix/connection-sets.js'
import { once } from '../model/once.js'
import { recent } from '../model/recent.js'
import type { Piece } from '../net/pieces.js'
import { merge, overlaps, type AddressRange } from '../net/ranges.js'
import { portsAsked, setAsked } from './asked-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import { closedCaveats } from './closed-caveats.js'
import { isRewritten } from './connection-caveats.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'
import { withPossible } from './lines-between.js'
import type { Reach, Sources } from './reach.js'
import type { Line, Said } from './said.js'

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

/** What each endpoint exchanges with the outside world. */
export type WithWorld = (direction: Direction, endpoint: MatrixEndpoint) => Iterable<Connection>

/** Every connection of a selection, by the ids of its ends; the outside world stands among the others by its id. */
export function* connectionsOf(reach: Reach, world: WithWorld, onRow?: (done: number) => void): Iterable<Connection> {
  const { sources, destinations } = reach
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

/** What may be exchanged with the outside world, address by address. */
type Walk = readonly Piece<OutsideAnswer>[]

/** Addresses between which nothing is told apart. */
interface OutsideGroup extends OutsideAnswer {
  readonly ranges: readonly AddressRange[]
}

/** One connection for each set of ports that are open or may be, with all the addresses that have it (E-3). */
export function withWorld(matrix: Matrix, { outsideSources, outsideDestinations, within, port }: Selection): WithWorld {
  const { none } = matrix.sets
  // Endpoints with the same policies share a walk, and so its groups
  const outside = {
    ingress: outsideSources === null ? null : once((walk: Walk) => groupsOf(walk, outsideSources, none)),
    egress: outsideDestinations === null ? null : once((walk: Walk) => groupsOf(walk, outsideDestinations, none)),
  }
  const caveats = closedCaveats(matrix)
  const isRewriting = matrix.compiled.cluster.services.some(({ rewritesSource }) => rewritesSource !== null)
  return function* (direction, endpoint) {
    const groups = outside[direction]
    if (groups === null || (direction === 'egress' && port.kind === 'name')) return
    if (within !== null && !within.has(endpoint.id)) return
    const to = direction === 'egress' ? null : endpoint
    const asked = setAsked(matrix.sets, port, to)
    const plain = matrix.outside(direction, classOf(matrix.classes, endpoint.party), asked)
    const perhaps = to === null ? none : caveats.fromOutside(to)
    const walk =
      perhaps === none
        ? plain
        : plain.map((piece) => ({ ...piece, value: withPossible(matrix, piece.value, perhaps, asked) }))
    const portsOf = (set: SetId) => portsAsked(matrix.sets.ports(set), port, to)
    for (const { open, possible, ranges, certainty } of groups(walk)) {
      const world = { id: EXTERNAL, ranges } as const
      const ports = portsOf(open)
      const isUnsure = to !== null && isRewriting && isRewritten(matrix, ranges, ports, to)
      yield {
        ...(to === null ? { from: endpoint, to: world } : { from: world, to }),
        ...{ ports, possible: portsOf(possible), family: null, note: null },
        certainty: worst([certainty, isUnsure ? 'undefined' : 'certain']),
      }
    }
  }
}

function groupsOf(walk: Walk, asked: readonly AddressRange[] | 'all', none: SetId): readonly OutsideGroup[] {
  const groups = new Map<string, { readonly ranges: AddressRange[]; readonly answers: OutsideAnswer[] }>()
  for (const piece of walk) {
    const { open, possible } = piece.value
    const ranges = asked === 'all' ? [piece] : asked.flatMap((range) => common(piece, range))
    if ((open === none && possible === none) || ranges.length === 0) continue
    const key = `${open} ${possible}`
    const group = groups.get(key) ?? { ranges: [], answers: [] }
    groups.set(key, group)
    for (const range of ranges) group.ranges.push(range)
    group.answers.push(piece.value)
  }
  return [...groups.values()].flatMap(({ ranges, answers }): readonly OutsideGroup[] => {
    const [first] = answers
    if (first === undefined) return []
    return [{ ...first, ranges: merge(ranges), certainty: worst(answers.map(({ certainty }) => certainty)) }]
  })
}

function common(piece: Piece<unknown>, range: AddressRange): readonly AddressRange[] {
  if (!overlaps(piece, range)) return []
  const first = piece.first > range.first ? piece.first : range.first
  const last = piece.last < range.last ? piece.last : range.last
  return [{ family: piece.family, first, last }]
}
