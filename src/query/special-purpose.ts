import { parseCidr } from '../net/cidr.js'
import type { Address, Family } from '../net/address.js'
import { lazy, remembered } from '../model/once.js'
import { contains, subtract, wholeFamily, type AddressRange } from '../net/ranges.js'

/** The blocks of the IANA special-purpose address registries (RFC 6890 and its updates), and multicast and reserved space. */
const SPECIAL: Readonly<Record<Family, readonly string[]>> = {
  IPv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '192.175.48.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  IPv6: ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'],
}

/** The space that global unicast addresses are given out from (RFC 4291). */
const GLOBAL_UNICAST_IPV6 = '2000::/3'

/** The globally routable unicast addresses of a family: what `internet` means. */
export const internetRanges = remembered((family: Family): readonly AddressRange[] => {
  const space = family === 'IPv4' ? wholeFamily(family) : block(GLOBAL_UNICAST_IPV6)
  return subtract([space], SPECIAL[family].map(block))
})

/** Where the networks of clusters mostly lie: private-use and shared space, unique local addresses. */
const PRIVATE = lazy((): readonly AddressRange[] =>
  ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map(block),
)

/** Whether an address is of a private network. */
export function isPrivate(address: Address): boolean {
  return PRIVATE().some((range) => contains(range, address))
}

function block(text: string): AddressRange {
  const parsed = parseCidr(text)
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem}`)
  return parsed.cidr
}
