import { checkSets } from './budget.js'
import type { SetStore } from './set-store.js'
import { HASH_BASIS, hashed, setTable } from './set-table.js'

/** Sets as words of bits, all of one length: a join is a few word operations where there are few words. */
export function wordSets(words: number): SetStore {
  const counts = { kept: 0, words: 0 }
  const table = setTable()
  const scratch = new Int32Array(words)
  let store = new Int32Array(words * 64)

  /** The number of the set in `scratch`. */
  function keep(): number {
    let hash = HASH_BASIS
    for (let word = 0; word < words; word++) hash = hashed(hash, scratch[word] ?? 0)
    const known = table.find(hash, isScratch)
    if (known !== -1) return known
    const id = counts.kept++
    if (counts.kept * words > store.length) {
      checkSets(counts.kept, counts.kept * words * 4)
      const before = store
      store = new Int32Array(before.length * 2)
      store.set(before)
    }
    store.set(scratch, id * words)
    table.add(hash)
    return id
  }

  function isScratch(id: number): boolean {
    const start = id * words
    for (let word = 0; word < words; word++) if (store[start + word] !== scratch[word]) return false
    return true
  }

  function add(id: number): void {
    const start = id * words
    for (let word = 0; word < words; word++) scratch[word] = (scratch[word] ?? 0) | (store[start + word] ?? 0)
  }

  return {
    of(ranges) {
      scratch.fill(0)
      for (const [first, last] of ranges) {
        for (let atom = first; atom <= last; atom++) {
          scratch[atom >>> 5] = (scratch[atom >>> 5] ?? 0) | (1 << (atom & 31))
        }
      }
      return keep()
    },
    union(a, b) {
      counts.words += words
      const [first, second] = [a * words, b * words]
      for (let word = 0; word < words; word++) {
        scratch[word] = (store[first + word] ?? 0) | (store[second + word] ?? 0)
      }
      return keep()
    },
    intersect(a, b) {
      counts.words += words
      const [first, second] = [a * words, b * words]
      for (let word = 0; word < words; word++) {
        scratch[word] = (store[first + word] ?? 0) & (store[second + word] ?? 0)
      }
      return keep()
    },
    minus(a, b) {
      counts.words += words
      const [first, second] = [a * words, b * words]
      for (let word = 0; word < words; word++) {
        scratch[word] = (store[first + word] ?? 0) & ~(store[second + word] ?? 0)
      }
      return keep()
    },
    unionOf(ids) {
      counts.words += ids.length * words
      scratch.fill(0)
      for (const id of ids) add(id)
      return keep()
    },
    hearWords(id, hear) {
      for (let word = 0; word < words; word++) {
        const bits = store[id * words + word] ?? 0
        if (bits !== 0) hear(word, bits)
      }
    },
    counts,
  }
}
