import { once } from '../model/once.js'
import type { Said } from './said.js'

/**
 * How much a source opens to each of some columns, by their numbers: equal where sums take the same of what is said, and
 * `UNSETTLED` where that needs a closer look.
 */
export type Degrees = Uint16Array

/** Nothing is said: everything is certainly closed. */
export const CLOSED = 0
export const UNSETTLED = 1

/** What sums take of what is said of a pair. */
export type Told = Omit<Said, 'lines'>

/** Certainly some ports, and all others are certainly closed. */
export const SURELY_SOME: Told = {
  everyPort: 0,
  surelyAll: 0,
  open: true,
  unsure: false,
  possible: false,
  estimated: 0,
}
/** Certainly every port. */
export const SURELY_EVERY: Told = { ...SURELY_SOME, everyPort: 1, surelyAll: 1 }

/** Numbers what is said of pairs by what sums take of it: lines are few, and little is taken of each. */
export interface DegreeNumbers {
  readonly of: (told: Told) => number
  /** What a number above `UNSETTLED` stands for. */
  readonly told: (degree: number) => Told
}

export function degreeNumbers(): DegreeNumbers {
  const numbers = new Map<string, number>()
  const list: Told[] = []
  return {
    of: once(({ everyPort, surelyAll, open, unsure, possible, estimated }) => {
      if (!open && !possible) return CLOSED
      const key = [everyPort, surelyAll, open, unsure, possible, estimated].join()
      const number =
        numbers.get(key) ?? UNSETTLED + list.push({ everyPort, surelyAll, open, unsure, possible, estimated })
      numbers.set(key, number)
      return number
    }),
    told(degree) {
      const told = list[degree - UNSETTLED - 1]
      if (told === undefined) throw new Error(`nothing has the degree ${degree}`)
      return told
    },
  }
}

/** The first column from one on that is not closed; a function of its own, which is compiled far better. */
export function nextTold(degrees: Degrees, from: number): number {
  let column = from
  while (column < degrees.length && degrees[column] === CLOSED) column++
  return column
}
