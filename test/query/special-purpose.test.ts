import { describe, expect, test } from 'vitest'
import { parseAddress, type Family } from '../../src/net/address.js'
import { contains, merge, type AddressRange } from '../../src/net/ranges.js'
import { internetRanges } from '../../src/query/special-purpose.js'

function isInternet(text: string): boolean {
  const address = parseAddress(text)
  if (address === null) throw new Error(text)
  return internetRanges(address.family).some((range) => contains(range, address))
}

describe('internet is the globally routable unicast space', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700::1',
    '2a00::1',
    '2001:200::1',
  ])('%s is in it', (text) => {
    expect(isInternet(text)).toBe(true)
  })

  test.each([
    ['this network', '0.0.0.1'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['link-local and metadata services', '169.254.169.254'],
    ['protocol assignments', '192.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped', '::ffff:10.0.0.1'],
    ['NAT64', '64:ff9b::1'],
    ['discard', '100::1'],
    ['protocol assignments', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4', '2002::1'],
    ['AS112', '2620:4f:8000::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['link-local', 'fe80::1'],
    ['multicast', 'ff02::1'],
  ])('%s is not: %s', (_, text) => {
    expect(isInternet(text)).toBe(false)
  })

  test.each<Family>(['IPv4', 'IPv6'])('its ranges of %s are sorted, disjoint and merged', (family) => {
    const ends = (ranges: readonly AddressRange[]) => ranges.map(({ first, last }) => [first, last])
    const ranges = internetRanges(family)
    expect(ends(ranges)).toEqual(ends(merge(ranges)))
    expect(ranges.every((range) => range.family === family)).toBe(true)
  })
})
