import { CLOSED, UNSETTLED, type Degrees } from './degrees.js'
import { countBy, type Counts } from './namespace-counts.js'
import type { Destinations } from './reach-columns.js'

/** To how many destinations one source opens so much: in all columns together, and in a namespace by its number. */
export interface Tally {
  /** Takes the degrees of a source in place of those before; returns the columns that need a closer look and do not count. */
  turn(degrees: Degrees): readonly number[]
  /** The degrees, closed left out, that some destination has. */
  degrees(): readonly number[]
  count(degree: number): number
  countIn(degree: number, space: number): number
}

/** Sums up source by source: only columns in which it differs from the one before are looked at, and these are mostly few. */
export function tallyOf(columns: readonly Destinations[], spaceOf: readonly number[], spaces: number): Tally {
  const countsOf = columns.map(({ members }): Counts => countBy(members, spaceOf))
  const bySpace: Int32Array[] = []
  const totals: number[] = []
  const before: Degrees = new Uint16Array(columns.length)

  function add(column: number, degree: number, sign: 1 | -1): void {
    if (degree === CLOSED) return
    const sums = (bySpace[degree] ??= new Int32Array(spaces))
    for (const [space, count] of countsOf[column] ?? []) {
      sums[space] = (sums[space] ?? 0) + sign * count
      totals[degree] = (totals[degree] ?? 0) + sign * count
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
    degrees: () => totals.flatMap((count, degree) => (count > 0 ? [degree] : [])),
    count: (degree) => totals[degree] ?? 0,
    countIn: (degree, space) => bySpace[degree]?.[space] ?? 0,
  }
}

/** The first column from one on that is not what it was; a function of its own, which is compiled far better. */
function nextOther(now: Degrees, before: Degrees, from: number): number {
  let column = from
  while (column < now.length && now[column] === before[column]) column++
  return column
}
