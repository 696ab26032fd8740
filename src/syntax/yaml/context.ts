import type { Code } from '../../codes/entries.js'
import type { Position } from '../../model/source.js'
import { lazy } from '../../model/once.js'
import { positionsIn } from '../text/position.js'
import type { TextProblem } from '../text/syntax-problem.js'
import type { Value } from '../text/value.js'
import type { YamlTree } from './node.js'

/** What the parts of the evaluation share while one document is read. */
export interface Reading {
  readonly tree: YamlTree
  /** Whether the text has a backslash at all, so that escapes need a look. */
  readonly hasEscapes: boolean
  readonly lastKeyWins: boolean
  /** Where the text stands in its document, if it is a part of one. */
  readonly origin: Position | undefined
  /** What the document has cost so far; once it is too much, nothing more of it is read. */
  readonly spent: { mergedKeys: number; tooMuch: boolean }
  readonly problems: readonly TextProblem[]
  /** Notes a problem with what is written at an offset. */
  readonly report: (
    code: Code,
    offset: number,
    message: string | (() => string),
    help?: string,
    severity?: 'error' | 'warning',
  ) => void
  /** The value of a node at a nesting depth; null for a value that was left out. */
  readonly valueOf: (number: number | null, depth: number) => Value
}

/** More of a kind would only repeat a mistake; the first ones say what it is. */
const MOST_PROBLEMS = 50

/** Collects the problems of a document. */
export function problemList(text: string): Pick<Reading, 'problems' | 'report'> {
  const problems: TextProblem[] = []
  const count = { error: 0, warning: 0 }
  const positionOf = lazy(() => positionsIn(text))
  return {
    problems,
    report: (code, offset, message, help, severity = 'error') => {
      count[severity] += 1
      if (count[severity] > MOST_PROBLEMS) return
      const worded = typeof message === 'string' ? message : message()
      problems.push({ code, severity, message: worded, help: help ?? null, position: positionOf()(offset) })
    },
  }
}
