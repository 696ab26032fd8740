/** IPv4 and IPv6 addresses and CIDRs, read by hand into bigints. */

export type Family = 'IPv4' | 'IPv6'

export interface Address {
  family: Family
  value: bigint
}

export interface Prefix extends Address {
  length: number
  /** The text had bits beyond the prefix length. */
  hostBits: boolean
  /** The text was an IPv4-mapped IPv6 value. */
  mapped: boolean
}

export interface Block {
  cidr: Prefix
  except: Prefix[]
}

export const width = (family: Family): number => (family === 'IPv4' ? 32 : 128)

const MAPPED = 0xffffn << 32n

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    // B-26: leading zeros are read as decimal
    if (!/^[0-9]+$/.test(part) || Number(part) > 255) return undefined
    value = value * 256n + BigInt(Number(part))
  }
  return value
}

function parseGroups(text: string): bigint[] | undefined {
  const groups: bigint[] = []
  if (text === '') return groups
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const v4 = parseV4(part)
      if (v4 === undefined) return undefined
      groups.push(v4 >> 16n, v4 & 0xffffn)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const left = parseGroups(halves[0] ?? '')
  const right = parseGroups(halves[1] ?? '')
  if (left === undefined || right === undefined) return undefined
  const missing = 8 - left.length - right.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...left]
  for (let n = 0; n < missing; n++) groups.push(0n)
  groups.push(...right)
  let value = 0n
  for (const group of groups) value = value * 65536n + group
  return value
}

const isMapped = (value: bigint): boolean => value >> 32n === MAPPED >> 32n

export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text)
    return value === undefined ? undefined : { family: 'IPv4', value }
  }
  const value = parseV6(text)
  if (value === undefined) return undefined
  if (isMapped(value)) return { family: 'IPv4', value: value - MAPPED }
  return { family: 'IPv6', value }
}

export function parsePrefix(text: string): Prefix {
  const slash = text.indexOf('/')
  const head = text.slice(0, slash)
  const tail = text.slice(slash + 1)
  let length = Number(tail)
  const v6 = head.includes(':')
  const value = v6 ? parseV6(head) : parseV4(head)
  if (slash < 0 || value === undefined || !/^[0-9]+$/.test(tail) || length > (v6 ? 128 : 32)) {
    throw new Error(`not a CIDR: ${text}`)
  }
  // folded as Go does it, after the mask is applied
  const mapped = v6 && length >= 96 && isMapped(value)
  const family: Family = v6 && !mapped ? 'IPv6' : 'IPv4'
  if (mapped) length -= 96
  const host = BigInt(width(family) - length)
  const address = mapped ? value - MAPPED : value
  const masked = (address >> host) << host
  return { family, value: masked, length, hostBits: masked !== address, mapped }
}

export function inside(address: Address, prefix: Prefix): boolean {
  if (address.family !== prefix.family) return false
  const host = BigInt(width(prefix.family) - prefix.length)
  return address.value >> host === prefix.value >> host
}

export const first = (prefix: Prefix): bigint => prefix.value
export const last = (prefix: Prefix): bigint => prefix.value + (1n << BigInt(width(prefix.family) - prefix.length)) - 1n

function inBlock(address: Address, block: Block): boolean {
  if (!inside(address, block.cidr)) return false
  for (const except of block.except) if (inside(address, except)) return false
  return true
}

/**
 * How much of a range the blocks cover together (A-45, E-9). Tried at the first address of the range and on both sides
 * of every edge inside it: between two edges nothing changes.
 */
export function coverage(blocks: readonly Block[], range: Prefix): 'all' | 'some' | 'none' {
  const points = [first(range), last(range)]
  for (const block of blocks) {
    for (const edge of [block.cidr, ...block.except]) {
      if (edge.family === range.family) points.push(first(edge) - 1n, first(edge), last(edge), last(edge) + 1n)
    }
  }
  let covered = 0
  let tried = 0
  for (const value of points) {
    if (value < first(range) || value > last(range)) continue
    tried++
    for (const block of blocks) {
      if (inBlock({ family: range.family, value }, block)) {
        covered++
        break
      }
    }
  }
  return covered === tried ? 'all' : covered === 0 ? 'none' : 'some'
}

export const everything = (family: Family): Prefix => ({ family, value: 0n, length: 0, hostBits: false, mapped: false })

export const isLoopback = (address: Address): boolean =>
  address.family === 'IPv4' ? address.value >> 24n === 127n : address.value === 1n
