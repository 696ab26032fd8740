import type { Direction } from '../model/direction.js'
import { worst } from '../model/verdict.js'
import type { SetId } from '../matrix/connection-sets.js'
import type { OutsideAnswer } from '../matrix/outside-answers.js'
import { once } from '../model/once.js'
import type { Piece } from '../net/pieces.js'
import { intersection, merge, type AddressRange } from '../net/ranges.js'
import { portsAsked, setAsked } from './asked-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import { closedCaveats } from './closed-caveats.js'
import { isRewritten } from './connection-caveats.js'
import { withPossible } from './lines-between.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'
import type { Line } from './said.js'

/** A line about an endpoint and addresses outside the cluster. */
export interface WorldLine extends Line {
  readonly ranges: readonly AddressRange[]
}

/**
 * What each endpoint exchanges with the outside world: a line for each set of ports that are open or may be, with all the addresses that have
 * it (E-3). Mostly one list for endpoints with the same policies.
 */
export type WorldLines = (direction: Direction, endpoint: MatrixEndpoint) => readonly WorldLine[]

/** What may be exchanged with the outside world, address by address. */
type Walk = readonly Piece<OutsideAnswer>[]

/** Addresses between which nothing is told apart. */
interface OutsideGroup extends OutsideAnswer {
  readonly ranges: readonly AddressRange[]
}

const NOTHING: readonly WorldLine[] = []

/** Prepares the lines of a selection. */
export function worldLines(
  matrix: Matrix,
  { outsideSources, outsideDestinations, within, port }: Selection,
): WorldLines {
  const { none } = matrix.sets
  // Endpoints with the same policies share a walk, and so its groups
  const outside = {
    ingress: outsideSources === null ? null : once((walk: Walk) => groupsOf(walk, outsideSources, none)),
    egress: outsideDestinations === null ? null : once((walk: Walk) => groupsOf(walk, outsideDestinations, none)),
  }
  const caveats = closedCaveats(matrix)
  const isRewriting = matrix.compiled.cluster.services.some(({ rewritesSource }) => rewritesSource !== null)
  const shared = once((groups: readonly OutsideGroup[]) => linesFor(groups, null))

  function linesFor(groups: readonly OutsideGroup[], to: MatrixEndpoint | null): readonly WorldLine[] {
    const portsOf = (set: SetId) => portsAsked(matrix.sets.ports(set), port, to)
    return groups.map(({ open, possible, ranges, certainty }) => {
      const ports = portsOf(open)
      const isUnsure = to !== null && isRewriting && isRewritten(matrix, ranges, ports, to)
      return {
        ...{ ranges, ports, possible: portsOf(possible), family: null, note: null },
        certainty: worst([certainty, isUnsure ? 'undefined' : 'certain']),
      }
    })
  }

  return (direction, endpoint) => {
    const groups = outside[direction]
    if (groups === null || (direction === 'egress' && port.kind === 'name')) return NOTHING
    if (within !== null && !within.has(endpoint.id)) return NOTHING
    const to = direction === 'egress' ? null : endpoint
    const asked = setAsked(matrix.sets, port, to)
    const plain = matrix.outside(direction, classOf(matrix.classes, endpoint.party), asked)
    const perhaps = to === null || !isRewriting ? none : caveats.fromOutside(to)
    if (perhaps !== none) {
      const walk = plain.map((piece) => ({ ...piece, value: withPossible(matrix, piece.value, perhaps, asked) }))
      return linesFor(groups(walk), to)
    }
    // Of a port name it depends on the destination, and so does whom Services bring
    const isOwn = to !== null && (isRewriting || port.kind === 'name')
    return isOwn ? linesFor(groups(plain), to) : shared(groups(plain))
  }
}

function groupsOf(walk: Walk, asked: readonly AddressRange[] | 'all', none: SetId): readonly OutsideGroup[] {
  const groups = new Map<string, { readonly ranges: AddressRange[]; readonly answers: OutsideAnswer[] }>()
  for (const piece of walk) {
    const { open, possible } = piece.value
    const ranges = asked === 'all' ? [piece] : asked.flatMap((range) => intersection(piece, range) ?? [])
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
