import type { Direction } from '../model/direction.js'
import { lazy } from '../model/once.js'
import type { ClassPolicy, PodClass } from './classes.js'
import type { Lens } from './lens.js'

/** The policies that isolate a class in one direction. */
export interface Selecting {
  readonly policies: readonly number[]
  /** None surely isolates it, or policies ignore it: the next tier decides. Those that may isolate it may open something, too. */
  readonly free: boolean
  /** No policy surely isolates it, these may: what is surely open is what each of them opens. */
  readonly doubtful: boolean
}

const FREE: Selecting = { policies: [], free: true, doubtful: false }

/** Lists for each class the policies that isolate it, as a lens sees it; the same object for the same policies. */
export function selecting(
  classes: readonly PodClass[],
  policies: readonly ClassPolicy[],
  lens: Lens,
): (direction: Direction, subject: PodClass) => Selecting {
  const tables = { ingress: lazy(() => tableOf('ingress')), egress: lazy(() => tableOf('egress')) }
  return (direction, { number }) => tables[direction]()[number] ?? FREE

  function tableOf(direction: Direction): readonly Selecting[] {
    const { extent } = lens.view
    const certain: number[][] = classes.map(() => [])
    const possible: number[][] = classes.map(() => [])
    for (const [policy, { subjects, rules }] of policies.entries()) {
      if (rules[direction] === null) continue
      for (const number of subjects[extent === 'value' ? 'value' : 'sure']) certain[number]?.push(policy)
      if (extent !== 'value') for (const number of subjects.possible) possible[number]?.push(policy)
    }
    const known = new Map<string, Selecting>()
    return classes.map((subject) => {
      const isolating = certain[subject.number] ?? []
      const perhaps = possible[subject.number] ?? []
      if (lens.exempt(subject) || isolating.length + perhaps.length === 0) return FREE
      // What isolates a pod for sure leaves it to all that may select it what may be open
      const free = extent === 'possible' && isolating.length === 0
      const doubtful = isolating.length === 0 && !free
      const selected = doubtful || extent === 'possible' ? perhaps : isolating
      const key = `${String(doubtful)} ${String(free)} ${selected.join()}`
      const found = known.get(key) ?? { policies: selected, free, doubtful }
      known.set(key, found)
      return found
    })
  }
}
