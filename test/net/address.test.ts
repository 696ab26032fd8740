import fc from 'fast-check'
import { isIP } from 'node:net'
import { describe, expect, test } from 'vitest'
import { BITS, formatAddress, hexGroups, parseAddress, type Address, type Family } from '../../src/net/address.js'

const addressOf = (family: Family) =>
  fc.bigInt({ min: 0n, max: (1n << BigInt(BITS[family])) - 1n }).map((value): Address => ({ family, value }))

const isMapped = ({ family, value }: Address) => family === 'IPv6' && value >> 32n === 0xffffn

/** IPv6 with many zero groups, where the shortened forms differ. */
const sparse = fc
  .array(fc.constantFrom(0n, 0n, 1n, 0xabn, 0xffffn), { minLength: 8, maxLength: 8 })
  .map((groups): Address => ({
    family: 'IPv6',
    value: groups.reduce<bigint>((sum, group) => (sum << 16n) | group, 0n),
  }))
  .filter((address) => !isMapped(address))

const anyAddress = fc.oneof(
  addressOf('IPv4'),
  sparse,
  addressOf('IPv6').filter((address) => !isMapped(address)),
)

describe('reading and writing addresses', () => {
  test('what is written is read again as the same address', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(parseAddress(formatAddress(address))).toEqual(address)
      }),
    )
  })

  test('what is written is what Node takes for an address of that family', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(`IPv${isIP(formatAddress(address))}`).toBe(address.family)
      }),
    )
  })

  test('IPv6 is written as the WHATWG URL parser writes it, which follows RFC 5952', () => {
    fc.assert(
      fc.property(fc.oneof(sparse, addressOf('IPv6')), (address) => {
        expect(`[${formatAddress(address)}]`).toBe(new URL(`http://[${hexGroups(address.value)}]`).hostname)
      }),
    )
  })

  test('a text that Node refuses is refused', () => {
    const soup = fc.stringMatching(/^[0-9abcfF:.%/ ]{0,24}$/)
    fc.assert(
      fc.property(soup, (text) => {
        if (isIP(text) === 0) expect(parseAddress(text)).toBeNull()
        else if (!text.includes('%')) expect(parseAddress(text)).not.toBeNull()
      }),
    )
  })

  test.each([
    ['2001:DB8:0:0:8:800:200C:417A', '2001:db8::8:800:200c:417a'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::0001', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('the canonical form of %s is %s', (text, canonical) => {
    const address = parseAddress(text)
    expect(address === null ? null : formatAddress(address)).toBe(canonical)
  })
})

describe('A-41: an IPv4-mapped IPv6 address is the IPv4 address that it holds', () => {
  test.each(['::ffff:10.1.2.3', '::FFFF:10.1.2.3', '0:0:0:0:0:ffff:a01:203', '::ffff:0a01:0203'])('%s', (text) => {
    expect(parseAddress(text)).toEqual({ family: 'IPv4', value: 0x0a010203n })
  })

  test.each(['::10.1.2.3', '::fffe:10.1.2.3', '1::ffff:10.1.2.3'])('%s is none', (text) => {
    expect(parseAddress(text)?.family).toBe('IPv6')
  })
})

describe('what is no address', () => {
  test.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.0.',
    '.10.0.0.0',
    '10..0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.01',
    '0x0a.0.0.1',
    '10.0.0.1 ',
    ' 10.0.0.1',
    '10.0.0.-1',
    '10.0.0.1/32',
    '2130706433',
    ':',
    ':::',
    '::1::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '::12345',
    '::g',
    'fe80::1%eth0',
    '[::1]',
    '::1.2.3',
    '::1.2.3.4.5',
    '1.2.3.4::',
    '::ffff:010.1.2.3',
    '1:2:3:4:5:6:7:1.2.3.4',
    'localhost',
  ])('%j', (text) => {
    expect(parseAddress(text)).toBeNull()
  })
})
