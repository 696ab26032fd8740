import type { Position } from '../model/source.js'

const BREAK = /\r\n|\n|\r/g

/** The line and column of an offset; CR LF, LF and a lone CR end a line, as in YAML. */
export function positionAt(text: string, offset: number): Position {
  let line = 1
  let start = 0
  BREAK.lastIndex = 0
  for (let match = BREAK.exec(text); match !== null && BREAK.lastIndex <= offset; match = BREAK.exec(text)) {
    line += 1
    start = BREAK.lastIndex
  }
  return { line, column: offset - start + 1 }
}

/** How many line breaks a text has. */
export function countBreaks(text: string): number {
  return text.match(BREAK)?.length ?? 0
}
