/** Choices that follow from a seed, so that fast-check can repeat and shrink what a law does to a cluster. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  readonly int: (below: number) => number
  readonly chance: (percent: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  readonly shuffled: <Item>(items: readonly Item[]) => Item[]
  /** Each item in one of two lists. */
  readonly parted: <Item>(items: readonly Item[]) => [Item[], Item[]]
}

/** Mulberry32, a generator of 32 bits. */
export function randomOf(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number): number => Math.floor(next() * below)
  const chance = (percent: number): boolean => next() * 100 < percent
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new Error('nothing to pick from')
    return items[int(items.length)] as Item
  }
  const shuffled = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  const parted = <Item>(items: readonly Item[]): [Item[], Item[]] => {
    const parts: [Item[], Item[]] = [[], []]
    for (const item of items) parts[int(2)]?.push(item)
    return parts
  }
  return { int, chance, pick, shuffled, parted }
}
