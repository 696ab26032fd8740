import { DIRECTIONS, type Direction } from '../model/direction.js'
import type { ClassPolicy, PodClass } from './classes.js'
import type { Lenses } from './lens.js'

/** A policy that may govern a class. */
export interface Governing {
  readonly policy: ClassPolicy
  readonly surely: boolean
}

/** The policies that may govern a class in a direction, in their order; the same list for the same policies. */
export function governing(
  classes: readonly PodClass[],
  policies: readonly ClassPolicy[],
  { least, most }: Lenses,
): (direction: Direction, subject: PodClass) => readonly Governing[] {
  const tables = Object.fromEntries(DIRECTIONS.map((direction) => [direction, tableOf(direction)] as const)) as Record<
    Direction,
    readonly (readonly Governing[])[]
  >
  return (direction, { number }) => tables[direction][number] ?? []

  function tableOf(direction: Direction): readonly (readonly Governing[])[] {
    const lists: number[][] = classes.map(() => [])
    for (const [index, { subjects, rules }] of policies.entries()) {
      if (rules[direction] === null) continue
      const surely = new Set(subjects[least.view.extent])
      for (const number of subjects[most.view.extent]) lists[number]?.push(2 * index + (surely.has(number) ? 1 : 0))
    }
    const known = new Map<string, readonly Governing[]>()
    return classes.map((subject) => {
      const list = most.exempt(subject) ? [] : (lists[subject.number] ?? [])
      const key = list.join()
      const found =
        known.get(key) ??
        list.flatMap((mark) => {
          const policy = policies[mark >> 1]
          return policy === undefined ? [] : [{ policy, surely: mark % 2 === 1 }]
        })
      known.set(key, found)
      return found
    })
  }
}
