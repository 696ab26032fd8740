import type { Answer } from '../../matrix/answer.js'
import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { Direction } from '../../model/direction.js'
import { FAMILIES } from '../../net/address.js'
import { wholeFamily, type AddressRange } from '../../net/ranges.js'
import { classOf, type Matrix } from '../class-matrix.js'
import { isPair, namespaceOf, type End } from './ends.js'
import { common, type Face, type FacesOf } from './faces.js'
import type { AssertionWorld } from './world.js'

/** A pair that a mutant changes. */
export interface PairChange {
  readonly from: End
  readonly to: End
  readonly faces: readonly Face[]
  /** Where there is an outside end, the first addresses for which it changes. */
  readonly ranges: readonly AddressRange[] | null
  readonly opened: SetId
  readonly closed: SetId
}

const OUTSIDE: End = { kind: 'outside', id: 'external', ranges: FAMILIES.map(wholeFamily) }

/** The pairs of which a change of a policy in one direction leaves not everything as it was; only its namespace can have some. */
export function changedPairs(
  world: AssertionWorld,
  changed: Matrix,
  { namespace, direction }: { readonly namespace: string; readonly direction: Direction },
  before: FacesOf,
  after: FacesOf,
): readonly PairChange[] {
  const { sets } = world.matrix
  const subjects = world.ends.filter((end) => namespaceOf(end) === namespace)
  const others = [...world.ends, OUTSIDE]
  // Source by source, since rows are kept for a while only
  const [sources, destinations] = direction === 'egress' ? [subjects, others] : [others, subjects]
  return sources.flatMap((from) =>
    destinations.flatMap((to): readonly PairChange[] => {
      if (!isPair(from, to) || isAlike(world.matrix, changed, from, to)) return []
      const [old, now] = [before(from, to), after(from, to)]
      if (old === now) return []
      const differences = differencesOf(sets, old, now)
      const [first] = differences
      if (first === undefined) return []
      const joined = (of: (one: Difference) => SetId) => differences.map(of).reduce(sets.union, sets.none)
      const main = differences.find(({ opened, closed }) => opened !== sets.none || closed !== sets.none) ?? first
      const isOutside = from.kind === 'outside' || to.kind === 'outside'
      return [
        {
          from,
          to,
          faces: now,
          ranges: main.ranges,
          opened: isOutside ? main.opened : joined(({ opened }) => opened),
          closed: isOutside ? main.closed : joined(({ closed }) => closed),
        },
      ]
    }),
  )
}

/** Whether two matrices over the same sets say the same of a pair; rows answer that far sooner than faces are made. */
function isAlike(before: Matrix, after: Matrix, from: End, to: End): boolean {
  if (from.kind === 'endpoint' && to.kind === 'endpoint') {
    const [a, b] = [before, after].map((matrix) => matrix.answer(from.endpoint.party, to.endpoint.party))
    return a !== undefined && b !== undefined && keyOf(a) === keyOf(b)
  }
  const [near, direction] = from.kind === 'endpoint' ? [from, 'egress' as const] : [to, 'ingress' as const]
  if (near.kind !== 'endpoint') return true
  const [a = [], b = []] = [before, after].map((matrix) =>
    matrix.outside(direction, classOf(matrix.classes, near.endpoint.party), matrix.sets.all),
  )
  return a.length === b.length && a.every((piece, index) => isSamePiece(piece, b[index]))
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

interface Difference {
  readonly ranges: readonly AddressRange[] | null
  readonly opened: SetId
  readonly closed: SetId
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
