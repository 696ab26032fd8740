import type { CommonFlags } from './options.js'

/** The flags of `matrix`. */
export interface MatrixFlags extends CommonFlags {
  readonly from?: string
  readonly to?: string
  readonly port?: string
  readonly within?: string
  readonly pods?: true
  readonly update?: string
  readonly check?: string
  readonly limit: number
}
