/** Random numbers that a seed settles for ever. */
export interface Random {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number
  /** Whether something happens that does so once in `n` times. */
  oneIn(n: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** The numbers of one document: every document has a seed of its own, so that each can be made again alone. */
export function randomOf(seed: number, document: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(document + 1, 0xc2b2ae35)) | 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  next()
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[below(items.length)] as (typeof items)[number]
    },
  }
}
