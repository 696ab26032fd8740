/** A question whose work would pass a limit that only the work itself shows. The user's mistake: it ends in exit code 2. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly'

  constructor(
    message: string,
    readonly help: string | null = null,
  ) {
    super(message)
  }
}
