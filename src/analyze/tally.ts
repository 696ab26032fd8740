import { CLOSED, EVERY, UNSETTLED, type Degrees } from './degrees.js'
import { countBy, type Counts } from './namespace-counts.js'
import type { Destinations } from './reach-columns.js'

/** What one source opens to all columns together, and to those of a namespace by its number; in destinations. */
export interface Tally {
  /** Takes the degrees of a source in place of those before; returns the columns that need a closer look and do not count. */
  turn(degrees: Degrees): readonly number[]
  every(): number
  everyIn(space: number): number
  someIn(space: number): number
}

/** Sums up source by source: only columns in which it differs from the one before are looked at, and these are mostly few. */
export function tallyOf(columns: readonly Destinations[], spaceOf: readonly number[], spaces: number): Tally {
  const countsOf = columns.map(({ members }): Counts => countBy(members, spaceOf))
  const some = new Int32Array(spaces)
  const every = new Int32Array(spaces)
  const before: Degrees = new Uint8Array(columns.length)
  let everywhere = 0

  function add(column: number, degree: number, sign: 1 | -1): void {
    if (degree === CLOSED) return
    const sums = degree === EVERY ? every : some
    for (const [space, count] of countsOf[column] ?? []) {
      sums[space] = (sums[space] ?? 0) + sign * count
      if (degree === EVERY) everywhere += sign * count
    }
  }

  return {
    turn(degrees) {
      const apart: number[] = []
      for (
        let column = nextOther(degrees, before, 0);
        column < before.length;
        column = nextOther(degrees, before, column + 1)
      ) {
        const degree = degrees[column] ?? CLOSED
        const counted = degree === UNSETTLED ? CLOSED : degree
        if (degree === UNSETTLED) apart.push(column)
        add(column, before[column] ?? CLOSED, -1)
        add(column, counted, 1)
        before[column] = counted
      }
      return apart
    },
    every: () => everywhere,
    everyIn: (space) => every[space] ?? 0,
    someIn: (space) => some[space] ?? 0,
  }
}

/** The first column from one on that is not what it was; a function of its own, which is compiled far better. */
function nextOther(now: Degrees, before: Degrees, from: number): number {
  let column = from
  while (column < now.length && now[column] === before[column]) column++
  return column
}
