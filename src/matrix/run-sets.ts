import { checkSets } from './budget.js'
import type { SetId, SetStore } from './set-store.js'
import { HASH_BASIS, hashed, setTable } from './set-table.js'

/** What a run takes in memory: where it ends, and its word. */
const BYTES_OF_A_RUN = 6

/**
 * Sets as runs of equal words of bits. Where policies tell tens of thousands of ports apart, most sets are a few ports or wide
 * ranges: they are some runs, and not thousands of words. Every set has its runs up to the last word, so that two equal
 * sets have the same.
 */
export function runSets(words: number): SetStore {
  const counts = { kept: 0, words: 0 }
  const table = setTable()
  /** A set in the making, empty in between; which words have bits is marked, so that only these are looked at. */
  const scratch = new Int32Array(words)
  const marks = new Int32Array(Math.ceil(words / 32))
  let starts = new Int32Array(256)
  let ends = new Uint16Array(1024)
  let values = new Int32Array(1024)
  /** Where the runs of the next set begin and end so far: it is made in its place, and given up if there is one like it. */
  let [begin, used] = [0, 0]

  function makeRoom(runs: number): void {
    if (used + runs <= ends.length) return
    const length = Math.max(used + runs, 2 * ends.length)
    checkSets(counts.kept, used * BYTES_OF_A_RUN)
    const [formerEnds, formerValues] = [ends, values]
    ends = new Uint16Array(length)
    ends.set(formerEnds)
    values = new Int32Array(length)
    values.set(formerValues)
  }

  function push(end: number, value: number): void {
    if (used > begin && values[used - 1] === value) ends[used - 1] = end
    else {
      ends[used] = end
      values[used++] = value
    }
  }

  /** The number of the set of the runs that were pushed. */
  function keep(): SetId {
    let hash = HASH_BASIS
    for (let run = begin; run < used; run++) hash = hashed(hashed(hash, ends[run] ?? 0), values[run] ?? 0)
    const known = table.find(hash, isMade)
    if (known !== -1) {
      used = begin
      return known
    }
    const id = counts.kept++
    checkSets(counts.kept, 0)
    if (counts.kept === starts.length) {
      const before = starts
      starts = new Int32Array(2 * before.length)
      starts.set(before)
    }
    starts[counts.kept] = begin = used
    table.add(hash)
    return id
  }

  function isMade(id: SetId): boolean {
    const [start, stop] = [starts[id] ?? 0, starts[id + 1] ?? 0]
    if (stop - start !== used - begin) return false
    for (let run = 0; run < stop - start; run++) {
      if (values[start + run] !== values[begin + run] || ends[start + run] !== ends[begin + run]) return false
    }
    return true
  }

  const runsOf = (id: SetId) => (starts[id + 1] ?? 0) - (starts[id] ?? 0)

  function join(a: SetId, b: SetId, joined: (a: number, b: number) => number): SetId {
    const runs = runsOf(a) + runsOf(b)
    counts.words += runs
    makeRoom(runs)
    let [first, second] = [starts[a] ?? 0, starts[b] ?? 0]
    for (let at = 0; at < words;) {
      const [to, other] = [ends[first] ?? words, ends[second] ?? words]
      push((at = Math.min(to, other)), joined(values[first] ?? 0, values[second] ?? 0))
      if (to === at) first++
      if (other === at) second++
    }
    return keep()
  }

  function mark(word: number, bits: number): void {
    scratch[word] = (scratch[word] ?? 0) | bits
    marks[word >>> 5] = (marks[word >>> 5] ?? 0) | (1 << (word & 31))
  }

  /** The number of the set in `scratch`, which is emptied. */
  function keepScratch(): SetId {
    makeRoom(words)
    let at = 0
    for (let index = 0; index < marks.length; index++) {
      for (let left = marks[index] ?? 0; left !== 0; left &= left - 1) {
        const word = 32 * index + 31 - Math.clz32(left & -left)
        if (word > at) push(word, 0)
        push((at = word + 1), scratch[word] ?? 0)
        scratch[word] = 0
        counts.words++
      }
      marks[index] = 0
    }
    if (at < words) push(words, 0)
    return keep()
  }

  function add(id: SetId): void {
    const stop = starts[id + 1] ?? 0
    let at = 0
    for (let run = starts[id] ?? 0; run < stop; run++) {
      const [end, value] = [ends[run] ?? words, values[run] ?? 0]
      if (value !== 0) {
        counts.words += end - at
        for (let word = at; word < end; word++) mark(word, value)
      }
      at = end
    }
  }

  return {
    of(ranges) {
      for (const [first, last] of ranges) {
        const [from, to] = [first >>> 5, last >>> 5]
        for (let word = from; word <= to; word++) {
          mark(word, (word === from ? -1 << (first & 31) : -1) & (word === to ? -1 >>> (31 - (last & 31)) : -1))
        }
      }
      return keepScratch()
    },
    union: (a, b) => join(a, b, either),
    intersect: (a, b) => join(a, b, both),
    minus: (a, b) => join(a, b, onlyFirst),
    unionOf(ids) {
      for (const id of ids) {
        counts.words += runsOf(id)
        add(id)
      }
      counts.words += marks.length
      return keepScratch()
    },
    hearWords(id, hear) {
      const stop = starts[id + 1] ?? 0
      let at = 0
      for (let run = starts[id] ?? 0; run < stop; run++) {
        const [end, value] = [ends[run] ?? words, values[run] ?? 0]
        if (value !== 0) for (let word = at; word < end; word++) hear(word, value)
        at = end
      }
    },
    counts,
  }
}

const either = (a: number, b: number): number => a | b
const both = (a: number, b: number): number => a & b
const onlyFirst = (a: number, b: number): number => a & ~b
