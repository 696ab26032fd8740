import type { Diagnostic } from '../../model/diagnostic.js'
import type { Position } from '../../model/source.js'
import type { QuestionError, Result } from '../../query/question-error.js'

/** Why a test cannot be evaluated, and where it says so. Thrown and caught inside of the evaluation of one test. */
export class Unanswerable extends Error {
  override readonly name = 'Unanswerable'

  constructor(
    readonly code: Diagnostic['code'],
    message: string,
    readonly help: string | null,
    readonly place: Position,
  ) {
    super(message)
  }
}

/** A test that matches nothing, or less than it says: it must never pass. */
export function nothing(place: Position, message: string, help: string | null = null): Unanswerable {
  return new Unanswerable('NP037', message, help, place)
}

/** The value of a result; a mistake in the question is one of the test. */
export function valueOf<Value>(result: Result<Value>, place: Position): Value {
  if (result.ok) return result.value
  throw unanswerable(result.error, place)
}

function unanswerable({ code, message, help }: QuestionError, place: Position): Unanswerable {
  return new Unanswerable(code === 'NP031' ? 'NP037' : 'NP036', message, help, place)
}
