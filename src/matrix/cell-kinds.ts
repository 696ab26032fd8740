import type { Row } from './gathering.js'

/** So many kinds of cells are kept before it begins anew. */
const MOST_KEPT = 250_000

/** What was found for cells that have the same sets of ports in each of several rows; there are few kinds of them. */
export interface CellKinds<Value> {
  /** Computes a value for a column of some rows, once for all cells that have the same there. */
  of(rows: readonly Row[], column: number, compute: () => Value): Value
}

/** Cells of so many rows each. */
export function cellKinds<Value>(width: number): CellKinds<Value> {
  const values: Value[] = []
  let store = new Int32Array(width * 64)
  let table = new Int32Array(256).fill(-1)

  function rehash(): void {
    table = new Int32Array(table.length * 2).fill(-1)
    for (let number = 0; number < values.length; number++) {
      let hash = SEED
      for (let row = 0; row < width; row++) hash = mixed(hash, store[number * width + row] ?? 0)
      let slot = hash & (table.length - 1)
      while (table[slot] !== -1) slot = (slot + 1) & (table.length - 1)
      table[slot] = number
    }
  }

  return {
    of(rows, column, compute) {
      let hash = SEED
      for (const row of rows) hash = mixed(hash, row[column] ?? 0)
      let slot = hash & (table.length - 1)
      for (;;) {
        const number = table[slot] ?? -1
        if (number === -1) break
        let row = 0
        while (row < width && store[number * width + row] === (rows[row]?.[column] ?? 0)) row++
        if (row === width) return values[number] as Value
        slot = (slot + 1) & (table.length - 1)
      }
      const value = compute()
      if (values.length >= MOST_KEPT) {
        values.length = 0
        table = new Int32Array(256).fill(-1)
        slot = hash & (table.length - 1)
      }
      const number = values.push(value) - 1
      table[slot] = number
      if ((number + 1) * width > store.length) {
        const larger = new Int32Array(store.length * 2)
        larger.set(store)
        store = larger
      }
      for (let row = 0; row < width; row++) store[number * width + row] = rows[row]?.[column] ?? 0
      if (values.length * 2 > table.length) rehash()
      return value
    },
  }
}

const SEED = 0x811c9dc5

function mixed(hash: number, value: number): number {
  const mix = Math.imul(hash ^ value, 0x01000193)
  return mix ^ (mix >>> 15)
}
