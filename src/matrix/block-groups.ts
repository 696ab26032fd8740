import { blockRanges } from '../engine/unknown-address.js'
import { once } from '../model/once.js'
import type { IpBlock } from '../model/policy.js'
import type { Family } from '../net/address.js'
import type { AddressRange } from '../net/ranges.js'
import type { Spend } from './budget.js'
import type { Shapes } from './shapes.js'

/** The ipBlocks of one rule, which are matched together, and the shapes whose known addresses they hold. */
export interface BlockGroup {
  readonly blocks: readonly IpBlock[]
  readonly holds: Readonly<Record<Family, readonly number[]>>
}

/** The addresses that the blocks of a group name; one list for the same blocks. */
export const rangesIn = once((blocks: readonly IpBlock[]): readonly AddressRange[] => blocks.flatMap(blockRanges))

/** Evaluates the blocks of rules on shapes, equal lists once. */
export interface BlockGroups {
  groupOf(blocks: readonly IpBlock[]): number
  readonly groups: readonly BlockGroup[]
}

/** A block is found by an index, and asks nothing of the addresses within. */
const STEPS_OF_A_PLACE = 1 / 8

/** An address of a shape. */
interface Place {
  readonly shape: number
  readonly family: Family
  readonly blocks: readonly number[]
}

export function blockGroups({ list, blocks: index }: Shapes, spend: Spend): BlockGroups {
  const inside: Place[][] = Array.from({ length: index.size }, () => [])
  for (const { number, addresses } of list) {
    for (const { family, blocks } of addresses) {
      const place = { shape: number, family, blocks }
      for (const block of blocks) inside[block]?.push(place)
    }
  }
  const numbers = new Map<string, number>()
  // The list that a shape was put into last, so that it is in no list twice
  const last = { IPv4: new Int32Array(list.length), IPv6: new Int32Array(list.length) }
  let evaluated = 0
  const groups: BlockGroup[] = []

  function evaluate(blocks: readonly IpBlock[]): BlockGroup {
    const holds: Record<Family, number[]> = { IPv4: [], IPv6: [] }
    evaluated++
    for (const { cidr, except } of blocks) {
      const holes = new Set(except.map((hole) => index.numberOf(hole)))
      const places = inside[index.numberOf(cidr)] ?? []
      spend(places.length * STEPS_OF_A_PLACE)
      for (const place of places) {
        if (place.blocks.some((block) => holes.has(block)) || last[place.family][place.shape] === evaluated) continue
        last[place.family][place.shape] = evaluated
        holds[place.family].push(place.shape)
      }
    }
    return { blocks, holds }
  }

  return {
    groups,
    groupOf(blocks) {
      const key = JSON.stringify(
        blocks.map(({ cidr, except }) => [index.numberOf(cidr), ...except.map((hole) => index.numberOf(hole))]),
      )
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = groups.push(evaluate(blocks)) - 1
      numbers.set(key, number)
      return number
    },
  }
}
