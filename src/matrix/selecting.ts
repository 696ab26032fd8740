import type { Direction } from '../model/direction.js'
import { lazy, once } from '../model/once.js'
import type { ClassPolicy, PodClass } from './classes.js'
import type { Lens } from './lens.js'
import type { Members } from './selector-groups.js'

/** The policies that isolate a class in one direction. */
export interface Selecting {
  readonly policies: readonly number[]
  /** None surely isolates it, or policies ignore it: the next tier decides. Those that may isolate it may open something, too. */
  readonly free: boolean
  /** No policy surely isolates it, these may: what is surely open is what each of them opens. */
  readonly doubtful: boolean
}

const FREE: Selecting = { policies: [], free: true, doubtful: false }

/** A list for each class, and what it was made from. */
interface Table {
  readonly from: string
  readonly subjects: readonly (Members | null)[]
  readonly list: readonly Selecting[]
}

const MOST_TABLES = 16

/** The tables made last: readings mostly select alike, and so does a matrix in which a rule is changed. */
const lastTables = once((): Table[] => [])

/** Lists for each class the policies that isolate it, as a lens sees it; the same object for the same policies. */
export function selecting(
  classes: readonly PodClass[],
  policies: readonly ClassPolicy[],
  lens: Lens,
): (direction: Direction, subject: PodClass) => Selecting {
  const tables = { ingress: lazy(() => tableOf('ingress')), egress: lazy(() => tableOf('egress')) }
  return (direction, { number }) => tables[direction]()[number] ?? FREE

  function tableOf(direction: Direction): readonly Selecting[] {
    const { extent, reading } = lens.view
    const from = `${direction} ${extent} ${reading.hostNetwork}`
    const subjects = policies.map((policy) => (policy.rules[direction] === null ? null : policy.subjects))
    const tables = lastTables(classes)
    const known = tables.find(
      (table) =>
        table.from === from &&
        table.subjects.length === subjects.length &&
        table.subjects.every((one, index) => one === subjects[index]),
    )
    if (known !== undefined) return known.list
    const list = listFor(subjects)
    tables.push({ from, subjects, list })
    if (tables.length > MOST_TABLES) tables.shift()
    return list
  }

  function listFor(isolating: Table['subjects']): readonly Selecting[] {
    const { extent } = lens.view
    const certain: number[][] = classes.map(() => [])
    const possible: number[][] = classes.map(() => [])
    for (const [policy, subjects] of isolating.entries()) {
      if (subjects === null) continue
      for (const number of subjects[extent === 'value' ? 'value' : 'sure']) certain[number]?.push(policy)
      if (extent !== 'value') for (const number of subjects.possible) possible[number]?.push(policy)
    }
    const known = new Map<string, Selecting>()
    return classes.map((subject) => {
      const surely = certain[subject.number] ?? []
      const perhaps = possible[subject.number] ?? []
      if (lens.exempt(subject) || surely.length + perhaps.length === 0) return FREE
      // What isolates a pod for sure leaves it to all that may select it what may be open
      const free = extent === 'possible' && surely.length === 0
      const doubtful = surely.length === 0 && !free
      const selected = doubtful || extent === 'possible' ? perhaps : surely
      const key = `${String(doubtful)} ${String(free)} ${selected.join()}`
      const found = known.get(key) ?? { policies: selected, free, doubtful }
      known.set(key, found)
      return found
    })
  }
}
