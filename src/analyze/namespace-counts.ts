/** How many endpoints are in each of some namespaces, by the numbers of these. */
export type Counts = ReadonlyMap<number, number>

/** Numbers for names, in the order in which they come. */
export interface Numbering {
  numberOf(name: string): number
  size(): number
}

export function numbering(): Numbering {
  const numbers = new Map<string, number>()
  return {
    numberOf(name) {
      const number = numbers.get(name) ?? numbers.size
      numbers.set(name, number)
      return number
    },
    size: () => numbers.size,
  }
}

/** Counts some endpoints by the numbers of their namespaces. */
export function countBy(members: Iterable<number>, spaces: readonly number[]): Counts {
  const counts = new Map<number, number>()
  for (const member of members) {
    const space = spaces[member] ?? 0
    counts.set(space, (counts.get(space) ?? 0) + 1)
  }
  return counts
}

/** All but some. */
export function less(all: Counts, some: Counts): Counts {
  const counts = new Map(all)
  for (const [space, count] of some) counts.set(space, (counts.get(space) ?? 0) - count)
  return counts
}

/** How many there are together. */
export function sum(counts: Counts): number {
  let all = 0
  for (const count of counts.values()) all += count
  return all
}
