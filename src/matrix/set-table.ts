/** Finds sets that are kept by their contents: a hash table of numbers, which count from 0. */
export interface SetTable {
  /** The number of the set with a hash that is equal to what was made, or -1. */
  find(hash: number, isMade: (id: number) => boolean): number
  /** Takes the next number. */
  add(hash: number): void
}

export function setTable(): SetTable {
  let slots = new Int32Array(256).fill(-1)
  let hashes = new Int32Array(128)
  let count = 0

  function place(hash: number, id: number): void {
    let slot = hash & (slots.length - 1)
    while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = id
  }

  return {
    find(hash, isMade) {
      for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
        const id = slots[slot] ?? -1
        if (id === -1 || isMade(id)) return id
      }
    },
    add(hash) {
      if (count === hashes.length) {
        const before = hashes
        hashes = new Int32Array(2 * count)
        hashes.set(before)
        slots = new Int32Array(4 * count).fill(-1)
        for (let id = 0; id < count; id++) place(hashes[id] ?? 0, id)
      }
      hashes[count] = hash
      place(hash, count++)
    },
  }
}

/** Goes on with a hash, a 32-bit number, by another one. */
export function hashed(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x01000193)
  return mixed ^ (mixed >>> 15)
}

/** What a hash begins with. */
export const HASH_BASIS = 0x811c9dc5 | 0
