import type { FailOn } from '../report/diff/fail-on.js'
import type { CommonFlags } from './options.js'

/** The flags of `diff`. */
export interface DiffFlags extends CommonFlags {
  readonly from?: string
  readonly to?: string
  readonly port?: string
  readonly includeNew?: true
  readonly failOn?: readonly FailOn[]
  readonly link?: string
  readonly limit: number
}
