import { byteLength } from './decode-bytes.js'
import type { LoadOptions } from './options.js'
import { sizeText } from './text-failure.js'

const MIB = 2 ** 20
/** More than etcd stores of one object, so that no cluster has a larger one. */
const LARGEST_OBJECT = 3 * MIB
const MOST_DOCUMENTS = 1_000_000

/** What every refusal of too much input advises. */
export const RAISE_LIMIT = 'raise the limit with `--max-input`'

/** How large one object may be, in bytes, and how many documents there may be; `--max-input` raises both. */
export function limitsOf({ maxInput = 0 }: LoadOptions): { readonly object: number; readonly documents: number } {
  return { object: Math.max(LARGEST_OBJECT, maxInput), documents: Math.max(MOST_DOCUMENTS, maxInput) }
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
