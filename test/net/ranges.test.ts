import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAMILIES, type Family } from '../../src/net/address.js'
import { contains, covers, merge, overlaps, subtract, wholeFamily, type AddressRange } from '../../src/net/ranges.js'

const SIZE = 24

/** Ranges of a universe small enough to count every address. */
const smallRange = fc
  .tuple(fc.constantFrom<Family>(...FAMILIES), fc.nat(SIZE - 1), fc.nat(SIZE - 1))
  .map(([family, a, b]): AddressRange => ({ family, first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }))
const smallRanges = fc.array(smallRange, { maxLength: 6 })

/** Every address of some ranges, by brute force. */
function addressesOf(ranges: readonly AddressRange[]): readonly string[] {
  const all = FAMILIES.flatMap((family) =>
    Array.from({ length: SIZE }, (_, index) => ({ family, value: BigInt(index) })),
  )
  return all
    .filter(({ family, value }) =>
      ranges.some((range) => range.family === family && range.first <= value && value <= range.last),
    )
    .map(({ family, value }) => `${family} ${value}`)
}

describe('ranges of addresses, against counting', () => {
  test('subtract leaves the addresses of the one that are not of the other', () => {
    fc.assert(
      fc.property(smallRanges, smallRanges, (ranges, holes) => {
        const gone = new Set(addressesOf(holes))
        const left = subtract(ranges, holes)
        expect(addressesOf(left)).toEqual(addressesOf(ranges).filter((address) => !gone.has(address)))
        expect(left.every(({ first, last }) => first <= last)).toBe(true)
      }),
    )
  })

  test('covers asks whether nothing is left, whichever range does it', () => {
    fc.assert(
      fc.property(smallRanges, smallRange, (ranges, range) => {
        const known = new Set(addressesOf(ranges))
        expect(covers(ranges, range)).toBe(addressesOf([range]).every((address) => known.has(address)))
      }),
    )
  })

  test('overlaps asks for one common address', () => {
    fc.assert(
      fc.property(smallRange, smallRange, (a, b) => {
        const ofA = new Set(addressesOf([a]))
        expect(overlaps(a, b)).toBe(addressesOf([b]).some((address) => ofA.has(address)))
        expect(overlaps(a, b)).toBe(overlaps(b, a))
      }),
    )
  })

  test('merge keeps every address, sorted, disjoint and without neighbours, in any order of the input', () => {
    fc.assert(
      fc.property(smallRanges, (ranges) => {
        const merged = merge(ranges)
        expect(addressesOf(merged)).toEqual(addressesOf(ranges))
        for (const [index, range] of merged.entries()) {
          const next = merged[index + 1]
          if (next?.family === range.family) expect(next.first).toBeGreaterThan(range.last + 1n)
        }
        expect(merged.map(({ family }) => family)).toEqual(merged.map(({ family }) => family).toSorted())
        expect(merge(ranges.toReversed())).toEqual(merged)
        expect(merge(merged)).toEqual(merged)
      }),
    )
  })

  test('contains counts both ends', () => {
    const range = { family: 'IPv4', first: 5n, last: 7n } as const
    const inside = [4n, 5n, 6n, 7n, 8n].filter((value) => contains(range, { family: 'IPv4', value }))
    expect(inside).toEqual([5n, 6n, 7n])
  })
})

describe('A-41: families never meet', () => {
  test('the whole of one family has no address of the other', () => {
    const [v4, v6] = [wholeFamily('IPv4'), wholeFamily('IPv6')]
    expect(contains(v4, { family: 'IPv6', value: 1n })).toBe(false)
    expect(overlaps(v4, v6)).toBe(false)
    expect(covers([v6], v4)).toBe(false)
    expect(subtract([v4], [v6])).toEqual([v4])
    expect(merge([v6, v4])).toEqual([v4, v6])
  })

  test('E-9: two halves cover a family, and a hole of one address undoes it', () => {
    const whole = wholeFamily('IPv6')
    const half = whole.last / 2n
    const halves = [
      { ...whole, last: half },
      { ...whole, first: half + 1n },
    ]
    expect(covers(halves, whole)).toBe(true)
    expect(covers(subtract(halves, [{ ...whole, first: half, last: half }]), whole)).toBe(false)
  })
})
