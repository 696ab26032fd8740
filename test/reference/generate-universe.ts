/** The small universe of the generators: values that meet each other often, and the helpers to build objects of them. */
import fc from 'fast-check'
import { type Address, parseAddress } from './addresses.js'

export const NAME_LABEL = 'kubernetes.io/metadata.name'
export const NAMESPACES = ['x', 'y', 'default'] as const
export const LABELS: readonly [key: string, values: readonly string[]][] = [
  ['app', ['web', 'db', '']],
  ['constructor', ['web', 'Web']],
  ['tier', ['web', '']],
]
export const PORTS = [1, 52, 53, 79, 80, 81, 65535] as const
export const PORT_NAMES = ['http', 'dns', 'alt'] as const
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const

export const V4_BLOCKS = [
  ...['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/23'],
  ...['10.0.1.2/31', '10.0.1.2/32', '10.0.2.0/30', '10.0.2.77/24', '010.0.3.0/24', '::ffff:10.0.1.0/120'],
  ...['10.96.0.0/16', '10.96.0.1/32'],
  ...['192.168.9.0/24', '192.168.9.1/32', '192.168.9.2/31', '203.0.113.0/24', '203.0.113.4/30', '203.0.113.7/32'],
] as const
export const V6_BLOCKS = [
  ...[
    '::/0',
    '::/1',
    '8000::/1',
    'fd00::/8',
    'fd00:10::/64',
    'fd00:10::1:0/112',
    'fd00:10::2:2/127',
    'fd00:10::1:2/128',
  ],
  ...['fd00:96::/64', 'fd00:96::1/128'],
  ...['fd00:9::/64', 'fd00:9::1/128', '2001:db8:9::/48', '2001:DB8:9::7/126', '2001:db8:9::7/128'],
] as const
export const EXTERNALS = ['203.0.113.7', '2001:db8:9::7', '198.51.100.1', '::ffff:203.0.113.6'] as const
export const LOOPBACKS = ['127.0.0.1', '::1', '127.255.255.255'] as const

export type Mode = 'IPv4' | 'dual'

/** Pod and node addresses of the universe: IPv4 first. */
export const podAddresses = (space: number, index: number): [string, string] => [
  `10.0.${space + 1}.${index + 1}`,
  `fd00:10::${space + 1}:${index + 1}`,
]
export const nodeAddresses = (number: number): [string, string] => [`192.168.9.${number}`, `fd00:9::${number}`]

export const serviceAddresses = (number: number): [string, string] => [`10.96.0.${number}`, `fd00:96::${number}`]

/** An object without the properties that are undefined: "absent", as against null. */
export function compact(parts: Record<string, unknown>): object {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(parts)) if (value !== undefined) kept[key] = value
  return kept
}

export type Weighted<T> = [weight: number, arbitrary: fc.Arbitrary<T>]

export function weighted<T>(...choices: Weighted<T>[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}

export const pick = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

/** The ways to write nothing: absent, null, and an empty list. */
export const noList: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(undefined, undefined, null, [])
export const nothing: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(undefined, null)

export const chance = (percent: number): fc.Arbitrary<boolean> =>
  weighted([percent, fc.constant(true)], [100 - percent, fc.constant(false)])

export function format({ family, value }: Address): string {
  const size = family === 'IPv4' ? 8n : 16n
  const parts: string[] = []
  for (let n = family === 'IPv4' ? 3n : 7n; n >= 0n; n--) {
    const part = (value >> (n * size)) & ((1n << size) - 1n)
    parts.push(part.toString(family === 'IPv4' ? 10 : 16))
  }
  return parts.join(family === 'IPv4' ? '.' : ':')
}

export function mustParse(text: string): Address {
  const address = parseAddress(text)
  if (address === undefined) throw new Error(`not an address: ${text}`)
  return address
}

const labelPairs: fc.Arbitrary<[string, string | undefined][]> = fc.tuple(
  ...LABELS.map(([key, values]) =>
    fc.tuple(
      fc.constant(key),
      weighted<string | undefined>([3, fc.constantFrom(...values)], [2, fc.constant(undefined)]),
    ),
  ),
)

/** Labels; when there are none, absent, null or an empty map. */
export const labels: fc.Arbitrary<unknown> = fc.tuple(labelPairs, pick(undefined, null, {})).map(([pairs, none]) => {
  const found = compact(Object.fromEntries(pairs))
  return Object.keys(found).length === 0 ? none : found
})
