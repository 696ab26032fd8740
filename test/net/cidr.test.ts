import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAddress } from '../../src/net/address.js'
import { parseCidr, type Cidr, type CidrOddity } from '../../src/net/cidr.js'

function read(text: string): { readonly cidr: Cidr; readonly oddities: readonly CidrOddity[] } {
  const parsed = parseCidr(text)
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem}`)
  return parsed
}

/** The canonical form of a block: what it means, whatever was written. */
function meaning(text: string): string {
  const { family, first, prefix } = read(text).cidr
  return `${formatAddress({ family, value: first })}/${prefix}`
}

function problemOf(text: string): { readonly problem: string; readonly help: string | null } {
  const parsed = parseCidr(text)
  if ('cidr' in parsed) throw new Error(`${text} is read as a block`)
  return parsed
}

describe('blocks', () => {
  test.each([
    ['10.0.0.0/8', 'IPv4', 0x0a000000n, 0x0affffffn],
    ['0.0.0.0/0', 'IPv4', 0n, 0xffffffffn],
    ['255.255.255.255/32', 'IPv4', 0xffffffffn, 0xffffffffn],
    ['::/0', 'IPv6', 0n, (1n << 128n) - 1n],
    ['::1/128', 'IPv6', 1n, 1n],
    ['2001:DB8::/32', 'IPv6', 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
  ] as const)('%s reaches from its first to its last address', (text, family, first, last) => {
    expect(read(text)).toMatchObject({ cidr: { family, first, last, text }, oddities: [] })
  })

  test('a prefix of 0 is a prefix, not none', () => {
    expect(read('0.0.0.0/0').cidr.prefix).toBe(0)
    expect(meaning('10.1.2.3/0')).toBe('0.0.0.0/0')
  })
})

describe('A-42, B-26, B-27: what old servers accept and new ones refuse', () => {
  test.each<[string, string, readonly CidrOddity[]]>([
    ['10.10.1.12/24', '10.10.1.0/24', ['host-bits']],
    ['10.0.0.1/31', '10.0.0.0/31', ['host-bits']],
    ['2001:db8::1/64', '2001:db8::/64', ['host-bits']],
    ['010.0.0.0/8', '10.0.0.0/8', ['leading-zeros']],
    ['10.00.0.0/8', '10.0.0.0/8', ['leading-zeros']],
    ['10.0.0.00/8', '10.0.0.0/8', ['leading-zeros']],
    ['192.168.000.010/32', '192.168.0.10/32', ['leading-zeros']],
    ['10.0.0.0/08', '10.0.0.0/8', ['leading-zeros']],
    ['10.0.0.0/00000008', '10.0.0.0/8', ['leading-zeros']],
    ['00.0.0.0/00', '0.0.0.0/0', ['leading-zeros']],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8', ['ipv4-mapped']],
    ['::ffff:a00:0/104', '10.0.0.0/8', ['ipv4-mapped']],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0', ['ipv4-mapped']],
    ['::ffff:010.0.0.1/104', '10.0.0.0/8', ['host-bits', 'leading-zeros', 'ipv4-mapped']],
    ['::ffff:0.0.0.0/95', '::fffe:0:0/95', ['host-bits', 'ipv4-mapped']],
  ])('%s means %s, with a remark', (text, meant, oddities) => {
    expect(meaning(text)).toBe(meant)
    expect(read(text).oddities).toEqual(oddities)
  })

  test.each(['10.0.0.0/8', '0.0.0.0/0', '2001:0db8::/32', '2001:010::/32', '::0/0', '64:ff9b::10.0.0.0/104'])(
    '%s is as it should be: groups of IPv6 may have leading zeros',
    (text) => {
      expect(read(text).oddities).toEqual([])
    },
  )
})

describe('B-23: what is no block, netmask or not', () => {
  test.each([
    '10.0.0.1',
    '2001:db8::1',
    '10/8',
    '10.0/16',
    '10.0.0/24',
    '10.0.0.0/0x8',
    '0x0a.0.0.0/8',
    '10.0.0.0/8x',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '10.0.0.0/8.0',
    '10.0.0.0/1e1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '/8',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/0.255.255.255',
    '167772160/8',
    '10.0.0.256/32',
    '10.0.0.0.0/8',
    ' 10.0.0.0/8',
    '10.0.0.0/8 ',
    '10.0.0.0 /8',
    '10.0.0.0/8\n',
    'db.example.com',
    'db.example.com/24',
    'fe80::1%eth0/64',
    '2001:db8:::/32',
    '[2001:db8::]/32',
    '::ffff:1.2.3/104',
    '',
    '/',
  ])('%j', (text) => {
    expect(problemOf(text).problem).toBe('must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')
  })

  test.each([
    ['10.0.0.0/33', 'prefix length must be 0-32', '10.0.0.0/32 is one address, 10.0.0.0/24 is 256'],
    ['10.0.0.0/128', 'prefix length must be 0-32', '10.0.0.0/32 is one address, 10.0.0.0/24 is 256'],
    ['2001:db8::/129', 'prefix length must be 0-128', '2001:db8::/128 is one address'],
    [`10.0.0.0/${'9'.repeat(400)}`, 'prefix length must be 0-32', '10.0.0.0/32 is one address, 10.0.0.0/24 is 256'],
  ])('%s: %s', (text, problem, help) => {
    expect(problemOf(text)).toEqual({ problem, help })
  })

  test.each([
    ['10.0.0.1', 'for this one address write 10.0.0.1/32'],
    ['2001:db8::1', 'for this one address write 2001:db8::1/128'],
    ['10.0.0.0/8 ', 'remove the blanks around it'],
    ['db.example.com', 'a name cannot stand here'],
    ['10.0/16', null],
  ])('%j: the help is %s', (text, help) => {
    expect(problemOf(text).help).toBe(help)
  })

  test('no text at all makes it throw', () => {
    const soup = fc.stringMatching(/^[0-9af:./x %-]{0,30}$/)
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        expect(() => parseCidr(text)).not.toThrow()
      }),
    )
  })
})
