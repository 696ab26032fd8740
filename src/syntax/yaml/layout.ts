import { positionAt } from '../text/position.js'
import type { TextProblem } from '../text/syntax-problem.js'
import { startOf } from './node.js'

/** A line of `---` to every reader; kubectl does not end a line at a lone carriage return. */
const SEPARATOR = /(?<!\r)---(?:[ \t]+#[^\r\n]*|[ \t]*)(?:\r?\n|$)/y
const END = /^\.\.\.(?=[ \t\r\n]|$)/m

/** Finds what frames a document in a way that two readers understand differently: directives, odd separators, ends. */
export function layoutProblem(text: string): TextProblem | null {
  const first = startOf(text, 0)
  if (text.startsWith('%', first)) {
    const message = `the directive \`${lineAt(text, first)}\` is not understood by Kubernetes`
    return problem(text, first, message, 'remove the line')
  }
  const separator = oddSeparator(text, first)
  if (separator !== -1) {
    const message = `found \`${shorten(lineAt(text, separator))}\`, expected \`---\` alone on its line`
    return problem(
      text,
      separator,
      message,
      'put what follows `---` on a line of its own, and indent text that begins with it',
    )
  }
  const doubled = text.indexOf('\r\r\n')
  if (doubled !== -1) {
    return problem(text, doubled, 'a carriage return too many ends the line', 'save the file with one kind of line end')
  }
  return textAfterEnd(text, first)
}

/** Kubernetes reads up to `...` and no further. */
function textAfterEnd(text: string, first: number): TextProblem | null {
  const end = END.exec(text)
  if (end === null) return null
  const after = startOf(text, end.index + '...'.length)
  if (after === text.length && end.index !== first) return null
  return problem(text, after, 'Kubernetes ignores what follows `...`', 'begin the next document with `---`')
}

/** A line that begins like a separator and is none, or one that only another reader would find, or -1. */
function oddSeparator(text: string, first: number): number {
  SEPARATOR.lastIndex = first
  const isSeparator = SEPARATOR.test(text)
  const line = /^---/gm
  line.lastIndex = isSeparator ? first + 1 : 0
  return line.exec(text)?.index ?? -1
}

function lineAt(text: string, offset: number): string {
  return /[^\r\n]*/.exec(text.slice(offset, offset + 200))?.[0] ?? ''
}

function shorten(line: string): string {
  return line.length > 40 ? `${line.slice(0, 40)}…` : line
}

function problem(text: string, offset: number, message: string, help: string): TextProblem {
  return { code: 'NP006', severity: 'error', message, help, position: positionAt(text, offset) }
}
