import type { Direction } from '../model/direction.js'
import { worst, type Certainty } from '../model/verdict.js'
import type { Answer } from '../matrix/answer.js'
import type { OutsideAnswer } from '../matrix/outside-answers.js'
import type { SetId } from '../matrix/connection-sets.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import { once } from '../model/once.js'
import type { Family } from '../net/address.js'
import type { Piece } from '../net/pieces.js'
import { merge, overlaps, type AddressRange } from '../net/ranges.js'
import type { PortQuestion } from '../query/port.js'
import { portsAsked, setAsked } from './asked-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import { closedCaveats, type ClosedCaveats } from './closed-caveats.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'
import { nodesBetween } from './nodes-between.js'

/** An end of a connection: an endpoint, or addresses outside the cluster. */
export type ConnectionEnd = MatrixEndpoint | { readonly id: 'external'; readonly ranges: readonly AddressRange[] }

/** A pair with at least one port that is open or may be, and all of these. What is absent is certainly closed. */
export interface Connection {
  readonly from: ConnectionEnd
  readonly to: ConnectionEnd
  /** By protocol, sorted, disjoint and merged. */
  readonly ports: readonly PortAtom[]
  /** Closed as things stand, and open under another reading of the API or a completion of the input; likewise. */
  readonly possible: readonly PortAtom[]
  /** The family over which these are open, in a line beside the one for all families where they differ. */
  readonly family: Family | null
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
  const { none } = matrix.sets
  const { outsideSources, outsideDestinations, within } = selection
  const isShown = (...ends: readonly MatrixEndpoint[]) => within === null || ends.some(({ id }) => within.has(id))
  // Endpoints with the same policies share a walk, and so its groups
  const outside = {
    ingress: outsideSources === null ? null : once((walk: Walk) => groupsOf(walk, outsideSources, none)),
    egress: outsideDestinations === null ? null : once((walk: Walk) => groupsOf(walk, outsideDestinations, none)),
  }
  const destinations = endpoints.filter((endpoint) => selection.destinations.has(endpoint))
  const columns = [...withOutside(destinations)]
  const classOfColumn = columns.map((to) => (to === null ? null : classOf(matrix.classes, to.party)))
  // Nearly all time of a large matrix goes into passing closed cells
  const numbers = Int32Array.from(classOfColumn, (toClass) => toClass?.number ?? -1)
  const asked = columns.map((to) => setAsked(matrix.sets, selection.port, to))
  const caveats = closedCaveats(matrix)
  for (const from of withOutside(endpoints.filter((endpoint) => selection.sources.has(endpoint)))) {
    if (from === null) {
      for (const to of destinations)
        if (isShown(to)) yield* withWorld(matrix, 'ingress', to, selection.port, outside.ingress, caveats)
    } else {
      const fromClass = classOf(matrix.classes, from.party)
      const row = matrix.rowOf(fromClass)
      for (let column = 0; column < columns.length; column++) {
        column = nextOpen(row.possible, none, numbers, column)
        const to = columns[column]
        const toClass = classOfColumn[column]
        if (to === undefined || toClass === undefined) continue
        if (to === null || toClass === null) {
          if (isShown(from)) yield* withWorld(matrix, 'egress', from, selection.port, outside.egress, caveats)
        } else if ((from !== to || from.another) && isShown(from, to)) {
          const isHost = fromClass.pod.hostNetwork || toClass.pod.hostNetwork
          const nodes = isHost ? nodesBetween(from.party, to.party) : null
          const answer = row.to(toClass, nodes, asked[column] ?? none)
          const perhaps = caveats.between(from, to)
          const all = perhaps === none ? answer : withPossible(matrix, answer, perhaps, asked[column] ?? none)
          yield* between(matrix, from, to, selection.port, all)
        }
      }
    }
    onRow?.(++done)
  }
}

/** An answer with ports that may be open where they are closed, as far as they are asked about. */
function withPossible<Some extends Pick<Answer, 'open' | 'possible'>>(
  { sets }: Matrix,
  answer: Some,
  perhaps: SetId,
  asked: SetId,
): Some {
  const more = sets.minus(sets.intersect(perhaps, asked), answer.open)
  return more === sets.none ? answer : { ...answer, possible: sets.union(answer.possible, more) }
}

/** What there is to say of a pair: of all families, and of each where they differ. */
function* between(
  { sets }: Matrix,
  from: MatrixEndpoint,
  to: MatrixEndpoint,
  port: PortQuestion,
  answer: Answer,
): Iterable<Connection> {
  const portsOf = (set: SetId) => (set === sets.none ? NO_PORTS : portsAsked(sets.ports(set), port, to))
  const lines = [{ family: null, ...answer }, ...answer.byFamily.map((one) => ({ note: null, ...one }))]
  for (const { family, open, possible, certainty, note } of lines) {
    const [ports, perhaps] = [portsOf(open), portsOf(possible)]
    if (ports.length + perhaps.length > 0) yield { from, to, ports, possible: perhaps, family, certainty, note }
  }
}

const NO_PORTS: readonly PortAtom[] = []

/** The first column from one on that may be open or is the outside world; a function of its own, which is compiled far better. */
function nextOpen(possible: Int32Array, none: SetId, numbers: Int32Array, from: number): number {
  let column = from
  while (column < numbers.length) {
    const number = numbers[column] ?? -1
    if (number < 0 || possible[number] !== none) break
    column++
  }
  return column
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

/** What may be exchanged with the outside world, address by address. */
type Walk = readonly Piece<OutsideAnswer>[]

/** Addresses between which nothing is told apart. */
interface OutsideGroup extends OutsideAnswer {
  readonly ranges: readonly AddressRange[]
}

/** One connection for each set of ports that are open or may be, with all the addresses that have it (E-3). */
function* withWorld(
  matrix: Matrix,
  direction: Direction,
  endpoint: MatrixEndpoint,
  port: PortQuestion,
  groups: ((walk: Walk) => readonly OutsideGroup[]) | null,
  caveats: ClosedCaveats,
): Iterable<Connection> {
  if (groups === null || (direction === 'egress' && port.kind === 'name')) return
  const to = direction === 'egress' ? null : endpoint
  const asked = setAsked(matrix.sets, port, to)
  const plain = matrix.outside(direction, classOf(matrix.classes, endpoint.party), asked)
  const perhaps = to === null ? matrix.sets.none : caveats.fromOutside(to)
  const walk =
    perhaps === matrix.sets.none
      ? plain
      : plain.map((piece) => ({ ...piece, value: withPossible(matrix, piece.value, perhaps, asked) }))
  const portsOf = (set: SetId) => portsAsked(matrix.sets.ports(set), port, to)
  for (const { open, possible, ranges, certainty } of groups(walk)) {
    const world = { id: EXTERNAL, ranges } as const
    const ends = to === null ? { from: endpoint, to: world } : { from: world, to }
    yield { ...ends, ports: portsOf(open), possible: portsOf(possible), family: null, certainty, note: null }
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
