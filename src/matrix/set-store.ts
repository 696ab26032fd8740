/** A set of ports of all protocols, by number: equal sets have equal numbers. */
export type SetId = number

/** Port atoms by their places in the list of all: the first and the last of a range. */
export type AtomRange = readonly [first: number, last: number]

/** Sets of port atoms, each kept once; the first that is made has the number 0. */
export interface SetStore {
  of(ranges: readonly AtomRange[]): SetId
  union(a: SetId, b: SetId): SetId
  intersect(a: SetId, b: SetId): SetId
  minus(a: SetId, b: SetId): SetId
  unionOf(ids: readonly SetId[]): SetId
  /** Hears the words of 32 atoms of which some are in the set. */
  hearWords(id: SetId, hear: (word: number, bits: number) => void): void
  readonly counts: StoreCounts
}

/** How many sets there are, and how many of bits, or of runs of them, joins went through. */
export interface StoreCounts {
  kept: number
  words: number
}
