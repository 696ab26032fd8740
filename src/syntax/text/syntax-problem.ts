import type { Code } from '../../codes/entries.js'
import type { Position } from '../../model/source.js'
import type { Value } from './value.js'

/** Something wrong or odd with the text of one document, at a place within that text. */
export interface TextProblem {
  readonly code: Code
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly help: string | null
  readonly position: Position
}

/** How a text is read. */
export interface ParseOptions {
  /** Whether a key that stands twice is refused, or the last one wins with a warning, as kubectl does silently. */
  readonly duplicateKeys: 'error' | 'last'
  /** Where the text stands in its document, if it is a part: messages that name a place by words count from there. */
  readonly origin?: Position | undefined
  /** Whether JSON that is not quite JSON is refused: it is a part of a text that kubectl reads as a whole. */
  readonly onlyJson?: boolean
}

/** The value of a document with warnings, or no value with at least one error. */
export type Parsed =
  | { readonly value: Value; readonly problems: readonly TextProblem[] }
  | { readonly value: undefined; readonly problems: readonly TextProblem[] }
