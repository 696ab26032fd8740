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

/** Recognised by its name: the parts of the bundled command line each have a class of their own. */
export function isTooCostlyError(error: unknown): error is TooCostly {
  return error instanceof Error && error.name === 'TooCostly'
}
