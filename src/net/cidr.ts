import { Netmask } from 'netmask'
import {
  BITS,
  formatAddress,
  hexGroups,
  parseAddress,
  parseIPv4,
  parseIPv6,
  type Address,
  type Family,
} from './address.js'
import type { AddressRange } from './ranges.js'

/** A block of addresses; `text` is what its author wrote. */
export interface Cidr extends AddressRange {
  readonly prefix: number
  readonly text: string
}

/** What the API server accepts in stored objects but refuses in new ones (B-26, B-27). */
export type CidrOddity = 'host-bits' | 'leading-zeros' | 'ipv4-mapped'

/** A block and its oddities, or why the text is not a block. */
export type ParsedCidr =
  | { readonly cidr: Cidr; readonly oddities: readonly CidrOddity[] }
  | { readonly problem: string; readonly help: string | null }

const FORM = /^([0-9a-fA-F:.]+)\/(\d+)$/

/**
 * Reads `address/prefix` as the API server does for ipBlock: leading zeros are decimal (B-26), bits beyond the prefix
 * are masked off, an IPv4-mapped block is IPv4. The grammar is checked here: netmask would also take
 * `10/8`, `10.0.0.0/0x8` and a missing prefix, read `010` as octal, and take a prefix of 0 given apart for none.
 */
export function parseCidr(text: string): ParsedCidr {
  const [, host, digits] = FORM.exec(text) ?? []
  if (host === undefined || digits === undefined) return notACidr(text)
  const plain = withoutLeadingZeros(host)
  const family: Family = plain.includes(':') ? 'IPv6' : 'IPv4'
  const address = parseAddress(plain)
  if (address === null) return notACidr(text)
  const written = Number(digits)
  if (written > BITS[family]) return prefixTooLong(plain, family)

  const mapped = address.family !== family
  const foldable = mapped && written >= 96
  const given = mapped && !foldable ? (parseIPv6(plain) ?? 0n) : address.value
  const prefix = foldable ? written - 96 : written
  const block: Address = { family: foldable ? 'IPv4' : family, value: given }
  const first = networkAddress(block, prefix)
  const oddities: CidrOddity[] = []
  if (first !== given) oddities.push('host-bits')
  if (plain !== host || /^0\d/.test(digits)) oddities.push('leading-zeros')
  if (mapped) oddities.push('ipv4-mapped')
  const last = first | ((1n << BigInt(BITS[block.family] - prefix)) - 1n)
  return { cidr: { family: block.family, first, last, prefix, text }, oddities }
}

function networkAddress({ family, value }: Address, prefix: number): bigint {
  const { base } = new Netmask(`${family === 'IPv4' ? formatAddress({ family, value }) : hexGroups(value)}/${prefix}`)
  return (family === 'IPv4' ? parseIPv4(base) : parseIPv6(base)) ?? 0n
}

/** Octets only: a group of IPv6 may have leading zeros. */
function withoutLeadingZeros(host: string): string {
  return host.replace(/(^|[.:])0+(?=\d+\.)|(\.)0+(?=\d+$)/g, '$1$2')
}

function prefixTooLong(host: string, family: Family): ParsedCidr {
  const one = `${host}/${BITS[family]} is one address`
  return {
    problem: `prefix length must be 0-${BITS[family]}`,
    help: family === 'IPv4' ? `${one}, ${host}/24 is 256` : one,
  }
}

function notACidr(text: string): ParsedCidr {
  const address = parseAddress(text)
  const problem = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'
  if (address !== null) return { problem, help: `for this one address write ${text}/${BITS[address.family]}` }
  if (text.trim() !== text) return { problem, help: 'remove the blanks around it' }
  return { problem, help: /^[^:]*[g-z][^:]*$/i.test(text) && !text.includes('/') ? 'a name cannot stand here' : null }
}

/** The fewest blocks that hold exactly the addresses of a range, in order. */
export function toCidrs({ family, first, last }: AddressRange): readonly string[] {
  const blocks: string[] = []
  for (let next = first; next <= last;) {
    const aligned = next === 0n ? BITS[family] : bitLength(next & -next) - 1
    const size = Math.min(aligned, bitLength(last - next + 1n) - 1)
    blocks.push(`${formatAddress({ family, value: next })}/${BITS[family] - size}`)
    next += 1n << BigInt(size)
  }
  return blocks
}

/** How many bits a positive number has. */
function bitLength(value: bigint): number {
  return value.toString(2).length
}
