/** Why a question cannot be asked: the user's mistake, returned and never thrown. */
export interface QuestionError {
  /** `NP030` for words that are not of the grammar, `NP031` for peers and ports that match nothing. */
  readonly code: 'NP030' | 'NP031'
  readonly message: string
  readonly help: string | null
}

/** A value, or why there is none. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: QuestionError }

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}

export function misworded(message: string, help: string | null = null): Result<never> {
  return { ok: false, error: { code: 'NP030', message, help } }
}

export function matchesNothing(message: string, help: string | null = null): Result<never> {
  return { ok: false, error: { code: 'NP031', message, help } }
}
