/** A mistake in how the command line is written; ends in exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
