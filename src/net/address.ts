/** The two address families. An address of one never matches a block of the other. */
export type Family = 'IPv4' | 'IPv6'

/** Both families, in the order of all outputs. */
export const FAMILIES = ['IPv4', 'IPv6'] as const satisfies readonly Family[]

/** An IP address as a number: 32 bits for IPv4, 128 for IPv6. */
export interface Address {
  readonly family: Family
  readonly value: bigint
}

/** How many bits an address of each family has. */
export const BITS: Readonly<Record<Family, number>> = { IPv4: 32, IPv6: 128 }

const IPV4_MAPPED_PREFIX = 0xffffn

/**
 * Reads an address, strictly: four decimal octets, or the groups of RFC 4291. An IPv4-mapped IPv6 address is the IPv4
 * address it holds, as Go's `net.IP` has it. Returns null for anything else: a zone, a leading zero, a blank.
 */
export function parseAddress(text: string): Address | null {
  const v4 = parseIPv4(text)
  if (v4 !== null) return { family: 'IPv4', value: v4 }
  const v6 = parseIPv6(text)
  if (v6 === null) return null
  return v6 >> 32n === IPV4_MAPPED_PREFIX ? { family: 'IPv4', value: v6 & 0xffffffffn } : { family: 'IPv6', value: v6 }
}

/** The number of an IPv4 address in dotted decimal form without leading zeros, or null. */
export function parseIPv4(text: string): bigint | null {
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.|$)){4}$/.test(text) || text.endsWith('.')) return null
  const octets = text.split('.').map(Number)
  return octets.some((octet) => octet > 255) ? null : octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
}

/** The number of an IPv6 address, mapped or not, or null. */
export function parseIPv6(text: string): bigint | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (dotted !== null) {
    const v4 = parseIPv4(dotted[2] ?? '')
    return v4 === null
      ? null
      : parseIPv6(`${dotted[1] ?? ''}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...(head ?? []), ...(tail ?? [])]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
  if (halves.length === 1 ? groups.length !== 8 : groups.length > 7) return null
  const gap = Array.from({ length: 8 - groups.length }, () => '0')
  return [...(head ?? []), ...gap, ...(tail ?? [])].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

/** Writes an address as people do; IPv6 in the canonical form of RFC 5952. */
export function formatAddress({ family, value }: Address): string {
  if (family === 'IPv4') return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
  const groups = hexGroups(value).split(':')
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/00+/g),
  ]
  const longest = runs.reduce<RegExpMatchArray | null>(
    (best, run) => (run[0].length > (best?.[0].length ?? 0) ? run : best),
    null,
  )
  if (longest === null) return groups.join(':')
  const start = longest.index ?? 0
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest[0].length).join(':')}`
}

/** The eight groups of an IPv6 address, none left out. */
export function hexGroups(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':')
}
