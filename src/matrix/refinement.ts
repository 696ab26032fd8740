/** A partition of the numbers from 0 on that is made finer step by step. */
export interface Refinement {
  /** Splits every part into members and non-members of the list (partition refinement); a list has no number twice. */
  readonly split: (members: readonly number[]) => void
  /** Equal for numbers that no list has parted. */
  readonly partOf: (number: number) => number
}

/** Begins with a part for each different key. In all, splitting takes as long as the lists are. */
export function refinement(keys: readonly string[]): Refinement {
  const first = new Map<string, number>()
  let parts = 0
  const partOf = Int32Array.from(keys, (key) => {
    const part = first.get(key) ?? parts++
    first.set(key, part)
    return part
  })
  return {
    split(members) {
      const split = new Map<number, number>()
      for (const member of members) {
        const before = partOf[member] ?? 0
        const after = split.get(before) ?? parts++
        split.set(before, after)
        partOf[member] = after
      }
    },
    partOf: (number) => partOf[number] ?? 0,
  }
}
