import type { SetId } from '../matrix/connection-sets.js'

/** The first column from one on that may be open; a function of its own, which is compiled far better. */
export function nextOpen(possible: Int32Array, none: SetId, numbers: Int32Array, from: number): number {
  let column = from
  while (column < numbers.length && possible[numbers[column] ?? 0] === none) column++
  return column
}
