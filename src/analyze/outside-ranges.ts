import { once } from '../model/once.js'
import { FAMILIES } from '../net/address.js'
import { overlaps, wholeFamily, type AddressRange } from '../net/ranges.js'
import { internetRanges } from '../query/special-purpose.js'
import type { Connection } from './connections.js'

/** The addresses outside the cluster that a connection is about. */
export function rangesOf({ from, to }: Connection): readonly AddressRange[] {
  return 'ranges' in from ? from.ranges : 'ranges' in to ? to.ranges : []
}

const INTERNET = FAMILIES.flatMap(internetRanges)

/** Whether some of these addresses are globally routable; many lines have one list of them. */
export const isOfInternet = once((ranges: readonly AddressRange[]) =>
  INTERNET.some((range) => ranges.some((other) => overlaps(range, other))),
)

/** Whether these are all addresses of both families. */
export const isEverywhere = once((ranges: readonly AddressRange[]) =>
  FAMILIES.map(wholeFamily).every(({ family, first, last }) =>
    ranges.some((range) => range.family === family && range.first === first && range.last === last),
  ),
)
