import type { Direction } from '../model/flow.js'
import { worst, type Certainty } from '../model/verdict.js'
import type { Answer } from '../matrix/answers.js'
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
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'

/** An end of a connection: an endpoint, or addresses outside the cluster. */
export type ConnectionEnd = MatrixEndpoint | { readonly id: 'external'; readonly ranges: readonly AddressRange[] }

/** A pair with at least one open port, and all of its open ports. */
export interface Connection {
  readonly from: ConnectionEnd
  readonly to: ConnectionEnd
  /** By protocol, sorted, disjoint and merged. */
  readonly ports: readonly PortAtom[]
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
  for (const from of withOutside(endpoints.filter((endpoint) => selection.sources.has(endpoint)))) {
    if (from === null) {
      for (const to of destinations)
        if (isShown(to)) yield* withWorld(matrix, 'ingress', to, selection.port, outside.ingress)
    } else {
      const row = matrix.rowOf(classOf(matrix.classes, from.party))
      const onHost = from.party.pods.some((pod) => pod.hostNetwork)
      for (let column = 0; column < columns.length; column++) {
        if (!onHost) column = nextOpen(row.open, none, numbers, column)
        const to = columns[column]
        const toClass = classOfColumn[column]
        if (to === undefined || toClass === undefined) continue
        if (to === null || toClass === null) {
          if (isShown(from)) yield* withWorld(matrix, 'egress', from, selection.port, outside.egress)
        } else if ((from !== to || from.another) && isShown(from, to)) {
          const ofPorts = asked[column] ?? none
          const answer = onHost ? matrix.answer(from.party, to.party, ofPorts) : row.to(toClass, false, ofPorts)
          const portsOf = (open: SetId) =>
            open === none ? [] : portsAsked(matrix.sets.ports(open), selection.port, to)
          const ports = portsOf(answer.open)
          if (ports.length > 0) yield { from, to, ports, family: null, certainty: answer.certainty, note: answer.note }
          for (const { family, open, certainty } of answer.byFamily) {
            const some = portsOf(open)
            if (some.length > 0) yield { from, to, ports: some, family, certainty, note: null }
          }
        }
      }
    }
    onRow?.(++done)
  }
}

/** The first column from one on that is open or the outside world; a function of its own, which is compiled far better. */
function nextOpen(open: Int32Array, none: SetId, numbers: Int32Array, from: number): number {
  let column = from
  while (column < numbers.length) {
    const number = numbers[column] ?? -1
    if (number < 0 || open[number] !== none) break
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
interface OutsideGroup {
  readonly open: SetId
  readonly ranges: readonly AddressRange[]
  readonly certainty: Certainty
}

/** One connection for each set of ports, with all the addresses that have it (E-3). */
function* withWorld(
  matrix: Matrix,
  direction: Direction,
  endpoint: MatrixEndpoint,
  port: PortQuestion,
  groups: ((walk: Walk) => readonly OutsideGroup[]) | null,
): Iterable<Connection> {
  if (groups === null || (direction === 'egress' && port.kind === 'name')) return
  const to = direction === 'egress' ? null : endpoint
  const walk = matrix.outside(direction, classOf(matrix.classes, endpoint.party), setAsked(matrix.sets, port, to))
  for (const { open, ranges, certainty } of groups(walk)) {
    const world = { id: EXTERNAL, ranges } as const
    const ends = to === null ? { from: endpoint, to: world } : { from: world, to }
    yield { ...ends, ports: portsAsked(matrix.sets.ports(open), port, to), family: null, certainty, note: null }
  }
}

function groupsOf(walk: Walk, asked: readonly AddressRange[] | 'all', none: SetId): readonly OutsideGroup[] {
  const groups = new Map<SetId, { readonly ranges: AddressRange[]; readonly answers: OutsideAnswer[] }>()
  for (const piece of walk) {
    const ranges = asked === 'all' ? [piece] : asked.flatMap((range) => common(piece, range))
    if (piece.value.open === none || ranges.length === 0) continue
    const group = groups.get(piece.value.open) ?? { ranges: [], answers: [] }
    groups.set(piece.value.open, group)
    group.ranges.push(...ranges)
    group.answers.push(piece.value)
  }
  return [...groups].map(([open, { ranges, answers }]) => ({
    open,
    ranges: merge(ranges),
    certainty: worst(answers.map(({ certainty }) => certainty)),
  }))
}

function common(piece: Piece<unknown>, range: AddressRange): readonly AddressRange[] {
  if (!overlaps(piece, range)) return []
  const first = piece.first > range.first ? piece.first : range.first
  const last = piece.last < range.last ? piece.last : range.last
  return [{ family: piece.family, first, last }]
}
