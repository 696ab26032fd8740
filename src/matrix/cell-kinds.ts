import type { Row } from './gathering.js'

/** So many kinds of cells are kept before it begins anew. */
const MOST_KEPT = 250_000

/** What was found for cells that have the same sets of ports in each of several rows; there are few kinds of them. */
export interface CellKinds<Value> {
  /** What was kept for cells that have what this column of some rows has; undefined where there was none. */
  find(rows: readonly Row[], column: number): Value | undefined
  /** Keeps a value for a cell of which none is found. */
  keep(rows: readonly Row[], column: number, value: Value): void
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

  /** Where the kind of a cell stands in the table, or the empty place for it. */
  function slotOf(rows: readonly Row[], column: number): number {
    let hash = SEED
    for (const row of rows) hash = mixed(hash, row[column] ?? 0)
    let slot = hash & (table.length - 1)
    for (;;) {
      const number = table[slot] ?? -1
      if (number === -1) return slot
      let row = 0
      while (row < width && store[number * width + row] === (rows[row]?.[column] ?? 0)) row++
      if (row === width) return slot
      slot = (slot + 1) & (table.length - 1)
    }
  }

  return {
    find: (rows, column) => values[table[slotOf(rows, column)] ?? -1],
    keep(rows, column, value) {
      if (values.length >= MOST_KEPT) {
        values.length = 0
        table = new Int32Array(256).fill(-1)
      }
      const number = values.length
      table[slotOf(rows, column)] = number
      values.push(value)
      if ((number + 1) * width > store.length) {
        const larger = new Int32Array(store.length * 2)
        larger.set(store)
        store = larger
      }
      for (let row = 0; row < width; row++) store[number * width + row] = rows[row]?.[column] ?? 0
      if (values.length * 2 > table.length) rehash()
    },
  }
}

const SEED = 0x811c9dc5

function mixed(hash: number, value: number): number {
  const mix = Math.imul(hash ^ value, 0x01000193)
  return mix ^ (mix >>> 15)
}
