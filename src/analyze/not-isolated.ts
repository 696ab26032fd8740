import { DIRECTIONS, type Direction } from '../model/direction.js'
import { classOf } from './class-matrix.js'
import type { MatrixAnswer } from './matrix.js'

/** The ids of the endpoints that no policy isolates, by direction. */
export function notIsolated({ endpoints, matrix }: MatrixAnswer): Readonly<Record<Direction, readonly string[]>> {
  const { policies } = matrix.classes
  const freeIn = (direction: Direction): readonly string[] => {
    const isolating = policies.filter(({ rules }) => rules[direction] !== null)
    const isolated = new Set(isolating.flatMap(({ subjects }) => subjects.value))
    return endpoints.flatMap(({ id, party }) => {
      const found = classOf(matrix.classes, party)
      return matrix.exempt(found) || !isolated.has(found.number) ? [id] : []
    })
  }
  return Object.fromEntries(DIRECTIONS.map((direction) => [direction, freeIn(direction)] as const)) as Record<
    Direction,
    readonly string[]
  >
}
