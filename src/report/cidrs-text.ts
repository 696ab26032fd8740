import { FAMILIES } from '../net/address.js'
import { parseCidr, toCidrs } from '../net/cidr.js'
import { recent } from '../model/recent.js'
import { merge, subtract, wholeFamily, type AddressRange } from '../net/ranges.js'
import { internetRanges } from '../query/special-purpose.js'
import { few } from './short-ids.js'

/** Above this many blocks a shorter form is not looked for. */
const MOST_BLOCKS = 2000

/** So many exceptions are read. */
const MOST_HOLES = 6

/** So many texts are kept. */
const KEPT_TEXTS = 64

/** Addresses as people say them: `10.0.0.0/8`, `internet`, `internet except 52.0.0.0/8`, `0.0.0.0/0 except 10.0.0.0/8`, else the first few blocks. */
export function cidrsText(cidrs: readonly string[]): string {
  return cidrs.length <= 3 || cidrs.length > MOST_BLOCKS ? few(cidrs) : shortest(cidrs.join())
}

/** Lines of different pods mostly name the same addresses. */
const shortest = recent(KEPT_TEXTS, (joined: string): string => {
  const ranges = merge(joined.split(',').flatMap(rangeOf))
  const shown = FAMILIES.filter((family) => ranges.some((range) => range.family === family))
  const internet = shown.flatMap(internetRanges)
  if (same(ranges, internet)) return 'internet'
  const missing = subtract(internet, ranges).flatMap(toCidrs)
  if (missing.length <= MOST_HOLES && subtract(ranges, internet).length === 0) {
    return `internet except ${missing.join(', ')}`
  }
  const parts = shown.map((family) => {
    const own = ranges.filter((range) => range.family === family)
    const blocks = own.flatMap(toCidrs)
    const holes = subtract([wholeFamily(family)], own).flatMap(toCidrs)
    const whole = family === 'IPv4' ? '0.0.0.0/0' : '::/0'
    if (holes.length === 0) return whole
    return holes.length < blocks.length && holes.length <= MOST_HOLES
      ? `${whole} except ${holes.join(', ')}`
      : few(blocks)
  })
  return parts.join('; ')
})

function rangeOf(cidr: string): readonly AddressRange[] {
  const parsed = parseCidr(cidr)
  return 'cidr' in parsed ? [parsed.cidr] : []
}

function same(a: readonly AddressRange[], b: readonly AddressRange[]): boolean {
  return subtract(a, b).length === 0 && subtract(b, a).length === 0
}
