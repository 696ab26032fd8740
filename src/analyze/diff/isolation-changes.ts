import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { classOf, type Matrix } from '../class-matrix.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { JointWorld } from './joint-world.js'

/** Something that an endpoint has on one side only. */
export interface Gain {
  readonly pair: EndpointPair
  readonly change: 'gained' | 'lost'
}

/** An endpoint that policies isolate, or decide for, on one side only. */
export interface IsolationChange extends Gain {
  readonly direction: Direction
}

/** Endpoints of both sides that are isolated on one of them; in the order of their ids. */
export function isolationChanges(
  { base, head }: JointWorld,
  subjects: Readonly<Record<Direction, readonly EndpointPair[]>>,
): readonly IsolationChange[] {
  const [before, after] = [isolation(base.matrix), isolation(head.matrix)]
  const found = DIRECTIONS.flatMap((direction) =>
    subjects[direction].flatMap((pair): readonly IsolationChange[] => {
      if (pair.base === null || pair.head === null) return []
      const [was, is] = [before(direction, pair.base), after(direction, pair.head)]
      return was === is ? [] : [{ pair, direction, change: is ? 'gained' : 'lost' }]
    }),
  )
  return found.sort((a, b) => a.pair.index - b.pair.index)
}

/** Whether some policy isolates an endpoint in a direction, or decides for it. */
export function isolation(matrix: Matrix): (direction: Direction, endpoint: MatrixEndpoint) => boolean {
  const { policies } = matrix.classes
  const isolatedIn = (direction: Direction): ReadonlySet<number> => {
    const isolating = policies.filter(({ rules }) => rules[direction] !== null)
    return new Set(isolating.flatMap(({ subjects }) => subjects.value))
  }
  const isolated = { egress: isolatedIn('egress'), ingress: isolatedIn('ingress') }
  return (direction, { party }) => {
    const found = classOf(matrix.classes, party)
    return !matrix.exempt(found) && isolated[direction].has(found.number)
  }
}
