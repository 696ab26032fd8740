import type { Position } from '../model/source.js'

const BREAK = /\r\n|\n|\r/g

/** The line and column of an offset; CR LF, LF and a lone CR end a line, as in YAML. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lastBreak = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'))
  return { line: countBreaks(before) + 1, column: offset - lastBreak }
}

/** How many line breaks a text has. */
export function countBreaks(text: string): number {
  if (text.includes('\r')) return text.match(BREAK)?.length ?? 0
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Gives positions for offsets that only grow, each at the cost of the text since the last one. */
export function positions(text: string): (offset: number) => Position {
  let line = 1
  let lineStart = 0
  let counted = 0
  return (offset) => {
    const passed = text.slice(counted, offset)
    const lastBreak = Math.max(passed.lastIndexOf('\n'), passed.lastIndexOf('\r'))
    line += countBreaks(passed)
    if (lastBreak !== -1) lineStart = counted + lastBreak + 1
    counted = offset
    return { line, column: offset - lineStart + 1 }
  }
}
