import { bitSets, MOST_BITS } from './bit-sets.js'
import { checkJoins, checkSets } from './budget.js'
import { atomFinder, mergeAtoms, type PortAtom } from './port-atoms.js'

/** A set of ports of all protocols, by number: equal sets have equal numbers. */
export type SetId = number

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

const CACHE_BITS = 16
const SMALL_BITS = 8
/** So many ranges of sets are kept beside their bits: neighbours mostly open the same. */
const MOST_SHOWN = 500_000

/** Sets over port atoms: numbers of bits where there are few of these, else numbers of sets that are kept. */
export function connectionSets(atoms: readonly PortAtom[]): ConnectionSets {
  return atoms.length <= MOST_BITS ? bitSets(atoms) : keptSets(atoms)
}

/**
 * Sets as bits over port atoms, each kept once. A join is a few word operations and one look into a hash table; the last
 * joins are remembered, since the same few sets are joined over and over.
 */
function keptSets(atoms: readonly PortAtom[]): ConnectionSets {
  const words = Math.ceil(atoms.length / 32)
  const atomAt = atomFinder(atoms)
  const counters = { kept: 0, asked: 0, computed: 0, opened: 0 }
  let store = new Uint32Array(words * 64)
  let table = new Int32Array(256).fill(-1)
  const scratch = new Uint32Array(words)
  const shown = new Map<SetId, readonly PortAtom[]>()
  let shownRanges = 0
  const unions = joinCache()
  const intersections = joinCache()

  /** The number of the set in `scratch`. */
  function keep(): SetId {
    let slot = hashOf(scratch, 0) & (table.length - 1)
    for (;;) {
      const id = table[slot] ?? -1
      if (id === -1) break
      if (equals(id)) return id
      slot = (slot + 1) & (table.length - 1)
    }
    const id = counters.kept++
    if ((id + 1) * words > store.length) {
      checkSets(counters.kept, words)
      store = grown(store)
    }
    store.set(scratch, id * words)
    table[slot] = id
    if (counters.kept * 2 > table.length) rehash()
    return id
  }

  function equals(id: SetId): boolean {
    const start = id * words
    for (let word = 0; word < words; word++) if (store[start + word] !== scratch[word]) return false
    return true
  }

  function hashOf(from: Uint32Array, start: number): number {
    let hash = 0x811c9dc5
    for (let word = 0; word < words; word++) {
      hash = Math.imul(hash ^ (from[start + word] ?? 0), 0x01000193)
      hash ^= hash >>> 15
    }
    return hash >>> 0
  }

  function rehash(): void {
    table = new Int32Array(table.length * 2).fill(-1)
    for (let id = 0; id < counters.kept; id++) {
      let slot = hashOf(store, id * words) & (table.length - 1)
      while (table[slot] !== -1) slot = (slot + 1) & (table.length - 1)
      table[slot] = id
    }
  }

  function of(ranges: readonly PortAtom[]): SetId {
    scratch.fill(0)
    for (const { protocol, first, last } of ranges) {
      const end = atomAt(protocol, last)
      for (let index = atomAt(protocol, first); index <= end; index++) {
        scratch[index >>> 5] = (scratch[index >>> 5] ?? 0) | (1 << (index & 31))
      }
    }
    return keep()
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
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - CACHE_BITS)
    if (cache.low[slot] === low && cache.high[slot] === high) return cache.result[slot] ?? none
    checkJoins(++counters.computed, words)
    const [first, second] = [low * words, high * words]
    for (let word = 0; word < words; word++) {
      const [x, y] = [store[first + word] ?? 0, store[second + word] ?? 0]
      scratch[word] = both ? x & y : x | y
    }
    const id = keep()
    cache.low[slot] = low
    cache.high[slot] = high
    cache.result[slot] = id
    if (small) cache.small[pair] = id
    return id
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
      checkJoins(++counters.computed, words)
      for (let word = 0; word < words; word++) {
        scratch[word] = (store[a * words + word] ?? 0) & ~(store[b * words + word] ?? 0)
      }
      return keep()
    },
    unionOf(ids) {
      checkJoins((counters.computed += Math.max(1, ids.length)), words)
      scratch.fill(0)
      for (const id of ids) {
        const start = id * words
        for (let word = 0; word < words; word++) scratch[word] = (scratch[word] ?? 0) | (store[start + word] ?? 0)
      }
      return keep()
    },
    covers: (outer, inner) => outer === inner || intersect(outer, inner) === inner,
    ports(id) {
      const known = shown.get(id)
      if (known !== undefined) return known
      const held: PortAtom[] = []
      for (let word = 0; word < words; word++) {
        const bits = store[id * words + word] ?? 0
        // Most words of a small set are empty where there are many atoms
        if (bits !== 0)
          held.push(...atoms.slice(word * 32, word * 32 + 32).filter((_, bit) => (bits & (1 << bit)) !== 0))
      }
      const ports = mergeAtoms(held)
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

function grown(store: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(store.length * 2)
  larger.set(store)
  return larger
}
