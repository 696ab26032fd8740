import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BITS, type Family } from '../../src/net/address.js'
import { parseCidr, toCidrs, type Cidr } from '../../src/net/cidr.js'
import { wholeFamily, type AddressRange } from '../../src/net/ranges.js'

const anyRange = fc.constantFrom<Family>('IPv4', 'IPv6').chain((family) => {
  const top = (1n << BigInt(BITS[family])) - 1n
  // Close to the ends and to round numbers, where blocks are cut.
  const near = fc
    .tuple(fc.integer({ min: 0, max: BITS[family] }), fc.integer({ min: -3, max: 3 }))
    .map(([power, step]) => (1n << BigInt(power)) + BigInt(step))
  const value = fc.oneof(fc.bigInt({ min: 0n, max: top }), near).map((n) => (n < 0n ? 0n : n > top ? top : n))
  return fc.tuple(value, value).map(([a, b]): AddressRange => ({ family, first: a < b ? a : b, last: a < b ? b : a }))
})

/** Blocks of IPv6 that lie in ::ffff:0:0/96 would be read as IPv4. */
function blocksOf(range: AddressRange): readonly Cidr[] {
  return toCidrs(range).map((text) => {
    const parsed = parseCidr(text)
    if ('problem' in parsed || parsed.oddities.includes('host-bits')) throw new Error(`${text} is not canonical`)
    return parsed.cidr
  })
}

const isMapped = ({ family, last }: AddressRange) => family === 'IPv6' && last >> 32n === 0xffffn

describe('toCidrs', () => {
  const ranges = anyRange.filter((range) => !isMapped(range) && !isMapped({ ...range, last: range.first }))

  test('E-3: the blocks are exactly the range: they begin and end with it and follow each other without a gap', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const blocks = blocksOf(range)
        expect(blocks[0]?.first).toBe(range.first)
        expect(blocks.at(-1)?.last).toBe(range.last)
        expect(
          blocks.every((block, index) => index === 0 || block.first === (blocks[index - 1]?.last ?? 0n) + 1n),
        ).toBe(true)
      }),
    )
  })

  test('E-3: no fewer blocks would do: no two neighbours make one block', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const blocks = blocksOf(range)
        const joinable = blocks.some((block, index) => {
          const next = blocks[index + 1]
          if (next?.prefix !== block.prefix) return false
          const size = block.last - block.first + 1n
          return block.first % (2n * size) === 0n
        })
        expect(joinable).toBe(false)
        expect(blocks.length).toBeLessThanOrEqual(2 * BITS[range.family])
      }),
    )
  })

  test.each([
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['0.0.0.0/0', ['0.0.0.0/0']],
    ['::/0', ['::/0']],
    ['2001:db8::/32', ['2001:db8::/32']],
  ] as const)('%s is itself', (text, blocks) => {
    const parsed = parseCidr(text)
    expect('cidr' in parsed ? toCidrs(parsed.cidr) : null).toEqual(blocks)
  })

  test('a range between round numbers', () => {
    expect(toCidrs({ family: 'IPv4', first: 0x0a000001n, last: 0x0a000006n })).toEqual([
      '10.0.0.1/32',
      '10.0.0.2/31',
      '10.0.0.4/31',
      '10.0.0.6/32',
    ])
    expect(toCidrs({ ...wholeFamily('IPv4'), first: 1n }).length).toBe(32)
    expect(toCidrs({ ...wholeFamily('IPv6'), first: 1n }).length).toBe(128)
  })

  test('nothing is no block', () => {
    expect(toCidrs({ family: 'IPv4', first: 5n, last: 4n })).toEqual([])
  })
})
