import type { Code } from '../codes/entries.js'

/** Where a mistake is, and what to do about it. */
export interface UsageDetail {
  readonly code?: Code
  readonly help?: string | null
  readonly file?: string
  readonly line?: number | null
  readonly column?: number | null
}

/** A mistake in how the command line is written, or in the settings of the project; ends in exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'

  constructor(
    message: string,
    readonly detail: UsageDetail = {},
  ) {
    super(message)
  }
}
