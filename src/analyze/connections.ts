import { MAX_PORT, PROTOCOLS, type Direction } from '../model/flow.js'
import { worst, type Certainty } from '../model/verdict.js'
import type { Answer } from '../matrix/answers.js'
import type { SetId } from '../matrix/connection-sets.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import { spread } from '../matrix/sparse-row.js'
import type { Piece } from '../net/pieces.js'
import { merge, overlaps, type AddressRange } from '../net/ranges.js'
import type { PortQuestion } from '../query/port.js'
import { portsNamed } from './declared-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'

/** An end of a connection: an endpoint, or addresses outside the cluster. */
export type ConnectionEnd = MatrixEndpoint | { readonly id: 'external'; readonly ranges: readonly AddressRange[] }

/** A pair with at least one open port, and all of its open ports. */
export interface Connection {
  readonly from: ConnectionEnd
  readonly to: ConnectionEnd
  /** By protocol, sorted, disjoint and merged. */
  readonly ports: readonly PortAtom[]
  readonly certainty: Certainty
  readonly note: Answer['note']
}

/** The id that stands for the outside world. */
export const EXTERNAL = 'external'

/** Every connection of a selection, by the ids of its ends; the outside world stands among the others by its id. */
export function* connectionsOf(
  matrix: Matrix,
  endpoints: readonly MatrixEndpoint[],
  selection: Selection,
  onRow?: (done: number) => void,
): Iterable<Connection> {
  let done = 0
  const destinations = endpoints.filter((endpoint) => selection.destinations.has(endpoint))
  const columns = [...withOutside(destinations)]
  const classOfColumn = Int32Array.from(columns, (to) => (to === null ? -1 : classOf(matrix.classes, to.party).number))
  const asked = columns.map((to) => setAsked(matrix, selection.port, to))
  const open = new Int32Array(matrix.classes.classes.length)
  for (const from of withOutside(endpoints.filter((endpoint) => selection.sources.has(endpoint)))) {
    if (from === null) {
      for (const to of destinations) yield* outside(matrix, 'ingress', to, selection)
    } else {
      spread(matrix.rowOf(classOf(matrix.classes, from.party)).open, open)
      const onHost = from.party.pods.some((pod) => pod.hostNetwork)
      for (let column = 0; column < columns.length; column++) {
        const to = columns[column] ?? null
        if (to === null) yield* outside(matrix, 'egress', from, selection)
        else if ((onHost || open[classOfColumn[column] ?? 0] !== matrix.sets.none) && (from !== to || from.another)) {
          const connection = between(matrix, from, to, selection, asked[column] ?? matrix.sets.none)
          if (connection !== null) yield connection
        }
      }
    }
    onRow?.(++done)
  }
}

/** The endpoints, and null for the outside world where its id comes. */
function* withOutside(endpoints: readonly MatrixEndpoint[]): Iterable<MatrixEndpoint | null> {
  let passed = false
  for (const endpoint of endpoints) {
    if (!passed && endpoint.id > EXTERNAL) {
      passed = true
      yield null
    }
    yield endpoint
  }
  if (!passed) yield null
}

function between(
  matrix: Matrix,
  from: MatrixEndpoint,
  to: MatrixEndpoint,
  { port }: Selection,
  asked: SetId,
): Connection | null {
  const { open, certainty, note } = matrix.answer(from.party, to.party, asked)
  const ports = open === matrix.sets.none ? [] : portsAsked(matrix.sets.ports(open), port, to)
  return ports.length === 0 ? null : { from, to, ports, certainty, note }
}

/** One connection for each set of ports, with all the addresses that have it (E-3). */
function* outside(
  matrix: Matrix,
  direction: Direction,
  endpoint: MatrixEndpoint,
  { outsideSources, outsideDestinations, port }: Selection,
): Iterable<Connection> {
  const asked = direction === 'egress' ? outsideDestinations : outsideSources
  if (asked === null || (direction === 'egress' && port.kind === 'name')) return
  const ports = setAsked(matrix, port, direction === 'egress' ? null : endpoint)
  const walk = matrix.outside(direction, classOf(matrix.classes, endpoint.party), ports)
  for (const { open, ranges, certainty } of groupsOf(walk, asked, matrix.sets.none)) {
    const end = { id: EXTERNAL, ranges } as const
    const [from, to] = direction === 'egress' ? [endpoint, end] : [end, endpoint]
    const clipped = portsAsked(matrix.sets.ports(open), port, direction === 'egress' ? null : endpoint)
    yield { from, to, ports: clipped, certainty, note: null }
  }
}

interface OutsideGroup {
  readonly open: number
  readonly ranges: readonly AddressRange[]
  readonly certainty: Certainty
}

/** Endpoints with the same policies share a walk, and so its groups. */
const groupsOfWalks = new WeakMap<readonly Piece<Answer>[], readonly OutsideGroup[]>()

function groupsOf(
  walk: readonly Piece<Answer>[],
  asked: readonly AddressRange[] | 'all',
  none: number,
): readonly OutsideGroup[] {
  const known = asked === 'all' ? groupsOfWalks.get(walk) : undefined
  if (known !== undefined) return known
  const groups = new Map<number, { readonly ranges: AddressRange[]; readonly answers: Answer[] }>()
  for (const piece of walk) {
    const ranges = asked === 'all' ? [piece] : asked.flatMap((range) => common(piece, range))
    if (piece.value.open === none || ranges.length === 0) continue
    const group = groups.get(piece.value.open) ?? { ranges: [], answers: [] }
    groups.set(piece.value.open, group)
    group.ranges.push(...ranges)
    group.answers.push(piece.value)
  }
  const found = [...groups].map(([open, { ranges, answers }]) => ({
    open,
    ranges: merge(ranges),
    certainty: worst(answers.map(({ certainty }) => certainty)),
  }))
  if (asked === 'all') groupsOfWalks.set(walk, found)
  return found
}

function common(piece: Piece<unknown>, range: AddressRange): readonly AddressRange[] {
  if (!overlaps(piece, range)) return []
  const first = piece.first > range.first ? piece.first : range.first
  const last = piece.last < range.last ? piece.last : range.last
  return [{ family: piece.family, first, last }]
}

/** The open ports among those that are asked about; a name means what the destination declares under it. */
function portsAsked(open: readonly PortAtom[], asked: PortQuestion, to: MatrixEndpoint | null): readonly PortAtom[] {
  const wanted = wantedPorts(asked, to)
  if (wanted === null) return open
  return open.flatMap(({ protocol, first, last }) =>
    wanted
      .filter((one) => one.protocol === protocol && one.first <= last && first <= one.last)
      .map((one) => ({ protocol, first: Math.max(first, one.first), last: Math.min(last, one.last) })),
  )
}

/** The atoms that hold ports that are asked about: what is said of an answer must not rest on the others. */
function setAsked({ sets, atoms }: Matrix, port: PortQuestion, to: MatrixEndpoint | null): SetId {
  const wanted = wantedPorts(port, to)
  if (wanted === null) return sets.all
  // Sets are made of whole atoms, and what is asked may begin or end within one
  const isAsked = ({ protocol, first, last }: PortAtom) =>
    wanted.some((one) => one.protocol === protocol && one.first <= last && first <= one.last)
  return sets.of(atoms.filter(isAsked))
}

function wantedPorts(asked: PortQuestion, to: MatrixEndpoint | null): readonly PortAtom[] | null {
  switch (asked.kind) {
    case 'whole-set':
      return null
    case 'range':
      return asked.first === 1 && asked.last === MAX_PORT && asked.protocols.length === PROTOCOLS.length
        ? null
        : asked.protocols.map((protocol) => ({ protocol, first: asked.first, last: asked.last }))
    case 'name': {
      const declared = to === null ? [] : portsNamed(to.party, asked.name)
      const numbers = declared.filter(({ protocol }) => asked.protocol === null || protocol === asked.protocol)
      return [...new Map(numbers.map((one) => [`${one.port}/${one.protocol}`, one])).values()]
        .map(({ protocol, port }) => ({ protocol, first: port, last: port }))
        .sort((a, b) => a.first - b.first)
    }
  }
}
