import type { Answer } from '../../matrix/answer.js'
import type { PodClass } from '../../matrix/classes.js'
import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { Direction } from '../../model/direction.js'
import { FAMILIES } from '../../net/address.js'
import { wholeFamily, type AddressRange } from '../../net/ranges.js'
import type { ChangedMatrix } from '../changed-matrices.js'
import { classOf, type Matrix } from '../class-matrix.js'
import { isPair, type End, type EndpointEnd } from './ends.js'
import { common, UNSETTLED, type Face, type FacesOf } from './faces.js'
import type { AssertionWorld } from './world.js'

/** A pair that a mutant changes. */
export interface PairChange {
  readonly from: End
  readonly to: End
  /** Where there is an outside end, the first addresses for which it changes. */
  readonly ranges: readonly AddressRange[] | null
  readonly opened: SetId
  readonly closed: SetId
}

const OUTSIDE: End = { kind: 'outside', id: 'external', ranges: FAMILIES.map(wholeFamily) }

/** Compares matrices over the same classes; only rows that differ are looked into, and pairs of endpoints where cells do. */
export interface Comparison {
  readonly changes: (
    after: ChangedMatrix,
    direction: Direction,
    faces: { readonly before: FacesOf; readonly after: FacesOf },
  ) => readonly PairChange[]
}

/** Prepares to tell the pairs of which a change leaves not everything as it was, in the order of the ends. */
export function comparisonWith(world: AssertionWorld, before: Matrix): Comparison {
  const { sets, classes } = before
  const everybody = world.ends.map((end) => ({ end, inClass: classOf(classes, end.endpoint.party) }))
  return {
    changes({ matrix, subjects }, direction, faces) {
      const isSubject = new Set(subjects)
      const governed = everybody.filter(({ inClass }) => isSubject.has(inClass))
      const [sources, destinations] = direction === 'egress' ? [governed, everybody] : [everybody, governed]
      const found: PairChange[] = []
      for (const { end: from, inClass: source } of sources) {
        const [old, now] = [before.settled(source), matrix.settled(source)]
        const isOnHost = source.pod.hostNetwork
        // Where something is not settled, each matrix has a row of its own
        for (const { end: to, inClass: destination } of old === now && !isOnHost ? [] : destinations) {
          const [a, b] = [old[destination.number] ?? UNSETTLED, now[destination.number] ?? UNSETTLED]
          const isSettled = !isOnHost && a !== UNSETTLED && b !== UNSETTLED
          if ((isSettled && a === b) || !isPair(from, to)) continue
          if (isSettled) found.push({ from, to, ranges: null, opened: sets.minus(b, a), closed: sets.minus(a, b) })
          else if (!isAlike(before, matrix, from, to)) found.push(...differing(from, to))
        }
        if (direction === 'egress' && isOtherOutside(source)) found.push(...differing(from, OUTSIDE))
      }
      if (direction === 'ingress')
        for (const { end, inClass } of governed) if (isOtherOutside(inClass)) found.push(...differing(OUTSIDE, end))
      return found

      function isOtherOutside(subject: PodClass): boolean {
        const [old = [], now = []] = [before, matrix].map((one) => one.outside(direction, subject, sets.all))
        return old !== now && !(old.length === now.length && old.every((piece, at) => isSamePiece(piece, now[at])))
      }

      function differing(from: End, to: End): readonly PairChange[] {
        const [old, now] = [faces.before(from, to), faces.after(from, to)]
        const change = old === now ? null : changeOf(sets, old, now, from.kind === 'outside' || to.kind === 'outside')
        return change === null ? [] : [{ from, to, ...change }]
      }
    },
  }
}

function isAlike(before: Matrix, after: Matrix, from: EndpointEnd, to: EndpointEnd): boolean {
  const [a, b] = [before, after].map((matrix) => matrix.answer(from.endpoint.party, to.endpoint.party))
  return a !== undefined && b !== undefined && keyOf(a) === keyOf(b)
}

type Walk = ReturnType<Matrix['outside']>

function isSamePiece(a: Walk[number], b: Walk[number] | undefined): boolean {
  return (
    b !== undefined &&
    a.first === b.first &&
    a.last === b.last &&
    a.family === b.family &&
    keyOf(a.value) === keyOf(b.value)
  )
}

function keyOf({
  open,
  possible,
  certainty,
  byFamily = [],
}: Walk[number]['value'] & Partial<Pick<Answer, 'byFamily'>>): string {
  return `${open} ${possible} ${certainty} ${byFamily.map((one) => `${one.family} ${one.open} ${one.possible} ${one.certainty}`).join()}`
}

type Difference = Pick<PairChange, 'ranges' | 'opened' | 'closed'>

/** What differs between two lists of faces of a pair; null where nothing does. */
function changeOf(
  sets: ConnectionSets,
  old: readonly Face[],
  now: readonly Face[],
  isOutside: boolean,
): Difference | null {
  const differences = differencesOf(sets, old, now)
  const [first] = differences
  if (first === undefined) return null
  const main = differences.find(({ opened, closed }) => opened !== sets.none || closed !== sets.none) ?? first
  if (isOutside) return main
  const joined = (of: (one: Difference) => SetId) => differences.map(of).reduce(sets.union, sets.none)
  return { ranges: main.ranges, opened: joined(({ opened }) => opened), closed: joined(({ closed }) => closed) }
}

function differencesOf(sets: ConnectionSets, old: readonly Face[], now: readonly Face[]): readonly Difference[] {
  return old.flatMap((a, index) =>
    now.flatMap((b, at): readonly Difference[] => {
      const shared = a.ranges === null || b.ranges === null ? null : common(a.ranges, b.ranges)
      if (shared !== null && shared.length === 0) return []
      // Faces of families stand in one order, unless there are more of them now
      if (shared === null && index !== at && old.length === now.length) return []
      const isSame =
        a.open === b.open && a.undefinedPorts === b.undefinedPorts && a.indeterminatePorts === b.indeterminatePorts
      if (isSame) return []
      return [{ ranges: shared, opened: sets.minus(b.open, a.open), closed: sets.minus(a.open, b.open) }]
    }),
  )
}
