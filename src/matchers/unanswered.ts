import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticText } from '../report/diagnostic-text.js'
import { escapeAll } from '../report/escape.js'
import { PLAIN } from '../report/style.js'

/**
 * Fails an expectation and its negation alike: what was not answered for sure is neither so nor not so. The stack begins where
 * the matcher was called.
 */
export function fail(matcher: (...words: never) => unknown, message: string): never {
  const error = new Error(message)
  Error.captureStackTrace(error, matcher)
  throw error
}

/** The errors among the messages of an answer that is none, as the command line prints them. */
export function errorsText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((error) => diagnosticText(escapeAll(error), error, () => null, PLAIN))
    .join('\n')
}
