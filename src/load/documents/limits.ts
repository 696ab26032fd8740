import { byteLength } from '../files/decode-bytes.js'
import type { LoadOptions } from '../decode/load-options.js'
import { sizeText } from '../files/read-failure.js'

const MIB = 2 ** 20
/** More than etcd stores of one object, so that no cluster has a larger one. */
const LARGEST_OBJECT = 3 * MIB
const MOST_DOCUMENTS = 1_000_000
/** Each takes a byte or two in a cluster, and a hundred here: more than this is not an object that anybody has written. */
const MOST_VALUES = 250_000

/** What every refusal of too much input advises. */
export const RAISE_LIMIT = 'raise the limit with `--max-input`'

/** What `--max-input` raises. */
export interface Limits {
  /** How large one object may be, in bytes. */
  readonly object: number
  readonly documents: number
  /** How many values one object may hold: members of mappings and items of lists. */
  readonly values: number
}

/** The limits of the input under the options. */
export function limitsOf({ maxInput = 0 }: LoadOptions): Limits {
  return {
    object: Math.max(LARGEST_OBJECT, maxInput),
    documents: Math.max(MOST_DOCUMENTS, maxInput),
    values: Math.max(MOST_VALUES, maxInput),
  }
}

/** Why a text is more than one object may be, or null. */
export function excessOf(text: string, options: LoadOptions): string | null {
  const { object } = limitsOf(options)
  // No character has more than three bytes per unit of UTF-16: most texts need not be counted.
  return text.length * 3 > object && byteLength(text) > object ? excessText(object) : null
}

/** How a refusal names the limit of one object. */
export function excessText(limit: number): string {
  return `the object is larger than ${sizeText(limit)}`
}
