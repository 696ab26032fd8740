import type { OutsideAnswer } from '../../matrix/outside-answers.js'
import type { SetId } from '../../matrix/connection-sets.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { worst, type Certainty } from '../../model/verdict.js'
import { FAMILIES } from '../../net/address.js'
import { overlay, type Piece } from '../../net/pieces.js'
import { intersection, merge, wholeFamily, type AddressRange } from '../../net/ranges.js'
import type { PortQuestion } from '../../query/port.js'
import { portsAsked, setAsked } from '../asked-ports.js'
import { classOf } from '../class-matrix.js'
import { isRewritten } from '../connection-caveats.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { JointWorld, SideName } from './joint-world.js'
import { changeOf, possibleChange, type LineChange, type LinesSeen } from './line-changes.js'

/** Endpoints to or from which the same ports were opened or closed for the same addresses outside the cluster. */
export interface OutsideChange {
  /** `ingress` where the outside is the source. */
  readonly direction: Direction
  readonly members: readonly EndpointPair[]
  /** Cut so that each address had the same ports before, and has the same after. */
  readonly ranges: readonly AddressRange[]
  readonly change: LineChange
}

/** What differs towards the outside world. */
export interface OutsideChanges extends LinesSeen {
  readonly changes: readonly OutsideChange[]
}

/** The addresses that are asked about at the outer end; none where it is null. */
export type AskedRanges = readonly AddressRange[] | 'all' | null

/** What is asked of the outside world: the endpoints at the near end, and the addresses. */
export interface OutsideQuestion {
  readonly ingress: { readonly near: readonly EndpointPair[]; readonly ranges: AskedRanges }
  readonly egress: { readonly near: readonly EndpointPair[]; readonly ranges: AskedRanges }
  readonly port: PortQuestion
}

/** Compares what endpoints exchange with the outside world, address by address. */
export function changedOutside(world: JointWorld, question: OutsideQuestion): OutsideChanges {
  const changes: OutsideChange[] = []
  let [linesBefore, unchanged] = [0, 0]
  for (const direction of DIRECTIONS) {
    const { near, ranges } = question[direction]
    // A port name means nothing outside a pod
    if (ranges === null || (direction === 'egress' && question.port.kind === 'name')) continue
    for (const members of grouped(near, (pair) => alike(world, pair, direction, question.port)).values()) {
      const [first] = members
      if (first === undefined) continue
      const openBefore = new Set<SetId>()
      const portsOf = (name: SideName, set: SetId) =>
        portsAsked(world.sets.ports(set), question.port, direction === 'egress' ? null : first[name])
      const { lines, possible } = outsideOf(world, first, direction, ranges, question.port)
      for (const { before, after, ranges: there, certainty } of lines) {
        const [old, now] = [portsOf('base', before), portsOf('head', after)]
        if (old.length > 0) openBefore.add(before)
        if (before === after) {
          if (old.length > 0) unchanged += members.length
        } else if (old.length + now.length > 0)
          changes.push({ direction, members, ranges: there, change: changeOf(null, old, now, certainty) })
      }
      for (const { open, more, ranges: there, certainty } of possible) {
        const [now, ports] = [portsOf('head', open), portsOf('head', more)]
        if (ports.length > 0)
          changes.push({ direction, members, ranges: there, change: possibleChange(null, now, ports, certainty) })
      }
      linesBefore += openBefore.size * members.length
    }
  }
  return { changes, before: linesBefore, unchanged }
}

/** Equal for endpoints with the same answers. */
function alike(world: JointWorld, pair: EndpointPair, direction: Direction, port: PortQuestion): string {
  const keyOf = (name: SideName) => {
    const end = pair[name]
    if (end === null) return '-'
    const { matrix } = world[name]
    // A Service may bring in clients under another address
    const services = direction === 'ingress' && matrix.compiled.cluster.services.length > 0 ? `${pair.index}` : ''
    return `${classOf(matrix.classes, end.party).number} ${setAsked(world.sets, port, direction === 'egress' ? null : end)} ${services}`
  }
  return `${keyOf('base')}|${keyOf('head')}`
}

interface OutsideLines {
  readonly lines: readonly OutsideGroup[]
  readonly possible: readonly PossibleGroup[]
}

/** Addresses to or from which more ports may be open after, and were certainly closed before, than are `open` after. */
interface PossibleGroup {
  readonly open: SetId
  readonly more: SetId
  readonly ranges: readonly AddressRange[]
  readonly certainty: Certainty
}

interface OutsideGroup {
  readonly before: SetId
  readonly after: SetId
  readonly ranges: readonly AddressRange[]
  readonly certainty: Certainty
}

const CLOSED = { possible: 0, certainty: 'certain' } as const

/** The addresses outside, by what is open to them before and after. */
function outsideOf(
  world: JointWorld,
  pair: EndpointPair,
  direction: Direction,
  asked: 'all' | readonly AddressRange[],
  port: PortQuestion,
): OutsideLines {
  const { sets } = world
  const walkOf = (name: SideName): readonly Piece<OutsideAnswer>[] => {
    const end = pair[name]
    if (end === null)
      return FAMILIES.map((family) => ({
        ...wholeFamily(family),
        value: { ...CLOSED, open: sets.none, possible: sets.none },
      }))
    const { matrix } = world[name]
    return matrix.outside(
      direction,
      classOf(matrix.classes, end.party),
      setAsked(sets, port, direction === 'egress' ? null : end),
    )
  }
  const both = overlay(walkOf('base'), walkOf('head'), (before, after) => ({ before, after }))
  const pieces = both.flatMap((piece) => (asked === 'all' ? [piece] : asked.flatMap((range) => common(piece, range))))
  const byOpen = grouped(pieces, ({ value: { before, after } }) => `${before.open} ${after.open}`)
  const byMore = grouped(pieces, ({ value }) => `${value.after.open} ${moreIn(value)} ${value.after.certainty}`)
  return {
    possible: [...byMore.values()].flatMap((same): readonly PossibleGroup[] => {
      const [first] = same
      const more = first === undefined ? sets.none : moreIn(first.value)
      if (first === undefined || more === sets.none) return []
      const { open, certainty } = first.value.after
      return [{ open, more, ranges: rangesOf(same), certainty: worst([certainty, 'undefined']) }]
    }),
    lines: [...byOpen.values()].flatMap((same): readonly OutsideGroup[] => {
      const [first] = same
      if (first === undefined) return []
      const { before, after } = first.value
      const ranges = rangesOf(same)
      const certainty = worst([
        ...same.flatMap(({ value }) => [
          certaintyOf(value.before, value.after),
          certaintyOf(value.after, value.before),
        ]),
        ...(direction === 'ingress' ? [rewritten(world, pair, ranges, before.open, after.open)] : []),
      ])
      return [{ before: before.open, after: after.open, ranges, certainty }]
    }),
  }

  function moreIn({ before, after }: (typeof pieces)[number]['value']): SetId {
    return [before.open, before.possible, after.open].reduce((more, known) => sets.minus(more, known), after.possible)
  }

  /** That of what is open, and of what is closed here and open on the other side. */
  function certaintyOf({ open, possible, certainty }: OutsideAnswer, other: OutsideAnswer): Certainty {
    const isPerhaps = sets.intersect(possible, sets.minus(other.open, open)) !== sets.none
    // Only the readings of the API leave open whether the outside world is let in, unless labels are unknown
    return isPerhaps ? worst([certainty, 'undefined']) : certainty
  }
}

function rangesOf(pieces: readonly AddressRange[]): readonly AddressRange[] {
  return merge(pieces.map(({ family, first, last }) => ({ family, first, last })))
}

/** Whether a Service may bring in clients under an address that is not let in. */
function rewritten(
  world: JointWorld,
  pair: EndpointPair,
  ranges: readonly AddressRange[],
  before: SetId,
  after: SetId,
): Certainty {
  if (before === after) return 'certain'
  const isUnsure = (
    [
      ['base', before],
      ['head', after],
    ] as const
  ).some(([name, open]) => {
    const end: MatrixEndpoint | null = pair[name]
    return end !== null && isRewritten(world[name].matrix, ranges, world.sets.ports(open), end)
  })
  return isUnsure ? 'undefined' : 'certain'
}

function common<Value>(piece: Piece<Value>, range: AddressRange): readonly Piece<Value>[] {
  const both = intersection(piece, range)
  return both === null ? [] : [{ ...piece, ...both }]
}
