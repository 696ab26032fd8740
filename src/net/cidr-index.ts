import { BITS, FAMILIES, type Address, type Family } from './address.js'
import type { Cidr } from './cidr.js'

/** Finds the blocks of a set that hold an address, in time that depends on the lengths of prefixes and not on the blocks. */
export interface CidrIndex {
  /** How many different blocks there are; each has a number below. */
  readonly size: number
  /** The number of a block of the set. */
  numberOf(cidr: Cidr): number
  /** The numbers of the blocks that hold the address, the widest first. */
  holding(address: Address): readonly number[]
}

/** Indexes blocks by the length of their prefix and their first bits; equal blocks count once. */
export function cidrIndex(cidrs: Iterable<Cidr>): CidrIndex {
  const tables: Record<Family, Map<number, Map<bigint, number>>> = { IPv4: new Map(), IPv6: new Map() }
  let size = 0
  for (const { family, prefix, first } of cidrs) {
    const table = tables[family].get(prefix) ?? new Map<bigint, number>()
    tables[family].set(prefix, table)
    if (!table.has(first)) table.set(first, size++)
  }
  const lengths = Object.fromEntries(
    FAMILIES.map((family) => [
      family,
      [...tables[family]]
        .sort(([a], [b]) => a - b)
        .map(([prefix, table]) => ({ shift: BigInt(BITS[family] - prefix), table })),
    ]),
  )
  return {
    size,
    numberOf({ family, prefix, first }) {
      const found = tables[family].get(prefix)?.get(first)
      if (found === undefined) throw new Error('the block is not one of the index')
      return found
    },
    holding({ family, value }) {
      const found: number[] = []
      for (const { shift, table } of lengths[family] ?? []) {
        const number = table.get((value >> shift) << shift)
        if (number !== undefined) found.push(number)
      }
      return found
    },
  }
}
