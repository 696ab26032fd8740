import { bitSets, MOST_BITS } from './bit-sets.js'
import { checkJoins } from './budget.js'
import { atomFinder, merging, type PortAtom } from './port-atoms.js'
import { runSets } from './run-sets.js'
import type { SetId } from './set-store.js'
import { wordSets } from './word-sets.js'

export type { SetId }

/** The sets of ports of one cluster. */
export interface ConnectionSets {
  readonly none: SetId
  readonly all: SetId
  /** The number of a set is its bits: a union is `|`. */
  readonly isBits: boolean
  /** The atoms that hold a port of some ranges. */
  of(ranges: readonly PortAtom[]): SetId
  readonly union: (a: SetId, b: SetId) => SetId
  readonly intersect: (a: SetId, b: SetId) => SetId
  /** The ports of the first that are not in the second. */
  minus(a: SetId, b: SetId): SetId
  /** The union of several; what lies between is not kept. */
  readonly unionOf: (ids: readonly SetId[]) => SetId
  /** Whether each port of `inner` is one of `outer`. */
  covers(outer: SetId, inner: SetId): boolean
  /** The ports of a set: by protocol, sorted, disjoint and merged. */
  ports(id: SetId): readonly PortAtom[]
  /** How much work there was: sets kept, joins asked for and joins computed, cells of rows opened. Bits are not kept, and joins of them not counted. */
  readonly counters: { kept: number; asked: number; computed: number; opened: number }
}

const ALL_BITS = -1
const CACHE_BITS = 16
const SMALL_BITS = 8
/** So many ranges of sets are kept beside their bits: neighbours mostly open the same. */
const MOST_SHOWN = 500_000
/** With more words of bits than that, sets are kept as runs of them. */
const MOST_WORDS = 16

/** Sets over port atoms: numbers of bits where there are few of these, else numbers of sets that are kept. */
export function connectionSets(atoms: readonly PortAtom[]): ConnectionSets {
  return atoms.length <= MOST_BITS ? bitSets(atoms) : keptSets(atoms)
}

/**
 * Sets over port atoms, each kept once. A join goes through both sets and takes one look into a hash table; the last joins are
 * remembered, since the same few sets are joined over and over.
 */
function keptSets(atoms: readonly PortAtom[]): ConnectionSets {
  const words = Math.ceil(atoms.length / 32)
  const store = words <= MOST_WORDS ? wordSets(words) : runSets(words)
  const atomAt = atomFinder(atoms)
  const counters = { kept: 0, asked: 0, computed: 0, opened: 0 }
  const shown = new Map<SetId, readonly PortAtom[]>()
  let shownRanges = 0
  const unions = joinCache()
  const intersections = joinCache()
  const differences = joinCache()

  function of(ranges: readonly PortAtom[]): SetId {
    return kept(store.of(ranges.map(({ protocol, first, last }) => [atomAt(protocol, first), atomAt(protocol, last)])))
  }

  function kept(id: SetId): SetId {
    counters.kept = store.counts.kept
    return id
  }

  function compute(joins = 1): void {
    checkJoins((counters.computed += joins), store.counts.words, atoms.length)
  }

  const none = of([])
  const all = of(atoms)

  function join(a: SetId, b: SetId, cache: JoinCache, both: boolean): SetId {
    counters.asked++
    const pair = (a << SMALL_BITS) | b
    const small = (a | b) >>> SMALL_BITS === 0
    if (small) {
      const known = cache.small[pair] ?? -1
      if (known !== -1) return known
    }
    const low = a < b ? a : b
    const high = a < b ? b : a
    const slot = slotOf(low, high)
    if (cache.low[slot] === low && cache.high[slot] === high) return cache.result[slot] ?? none
    compute()
    const id = kept(both ? store.intersect(low, high) : store.union(low, high))
    if (small) cache.small[pair] = id
    return remember(cache, slot, low, high, id)
  }

  function intersect(a: SetId, b: SetId): SetId {
    if (a === b || b === all) return a
    if (a === all) return b
    return a === none || b === none ? none : join(a, b, intersections, true)
  }

  return {
    none,
    all,
    isBits: false,
    of,
    union(a, b) {
      if (a === b || b === none) return a
      if (a === none) return b
      return a === all || b === all ? all : join(a, b, unions, false)
    },
    intersect,
    minus(a, b) {
      if (a === b || a === none || b === all) return none
      if (b === none) return a
      counters.asked++
      const slot = slotOf(a, b)
      if (differences.low[slot] === a && differences.high[slot] === b) return differences.result[slot] ?? none
      compute()
      return remember(differences, slot, a, b, kept(store.minus(a, b)))
    },
    unionOf(ids) {
      compute(Math.max(1, ids.length))
      return kept(store.unionOf(ids))
    },
    covers: (outer, inner) => outer === inner || intersect(outer, inner) === inner,
    ports(id) {
      const known = shown.get(id)
      if (known !== undefined) return known
      const merged = merging(atoms)
      store.hearWords(id, (word, bits) => {
        const first = word * 32
        if (bits === ALL_BITS) merged.take(first, first + 31)
        else for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) merged.take(first + bit, first + bit)
      })
      const ports = merged.end()
      if ((shownRanges += ports.length) > MOST_SHOWN) {
        shown.clear()
        shownRanges = ports.length
      }
      shown.set(id, ports)
      return ports
    },
    counters,
  }
}

interface JoinCache {
  /** The joins of the first sets, which are joined most, by both numbers. */
  readonly small: Int32Array
  readonly low: Int32Array
  readonly high: Int32Array
  readonly result: Int32Array
}

function joinCache(): JoinCache {
  const column = (bits = CACHE_BITS) => new Int32Array(1 << bits).fill(-1)
  return { small: column(2 * SMALL_BITS), low: column(), high: column(), result: column() }
}

function slotOf(first: SetId, second: SetId): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - CACHE_BITS)
}

function remember(cache: JoinCache, slot: number, first: SetId, second: SetId, result: SetId): SetId {
  cache.low[slot] = first
  cache.high[slot] = second
  cache.result[slot] = result
  return result
}
