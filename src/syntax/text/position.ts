import type { Position } from '../../model/source.js'

/** The line and column of an offset; CR LF, LF and a lone CR end a line, as in YAML. */
export function positionAt(text: string, offset: number): Position {
  return { line: countBreaks(text.slice(0, offset)) + 1, column: columnAt(text, offset) }
}

/** A place in a part of a text, as a place in the whole; the part begins at `origin`. */
export function placeFrom(origin: Position | undefined, { line, column }: Position): Position {
  if (origin === undefined) return { line, column }
  return { line: line + origin.line - 1, column: line === 1 ? column + origin.column - 1 : column }
}

/** The column of an offset, at the cost of its line alone. */
export function columnAt(text: string, offset: number): number {
  let start = offset
  while (start > 0 && text.charCodeAt(start - 1) !== 0x0a && text.charCodeAt(start - 1) !== 0x0d) start -= 1
  return offset - start + 1
}

/** How many line breaks a text has. */
export function countBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== 0x0a) count += 1
  }
  return count
}

/** Where each line begins, by the same rule; found in one walk, for those who ask about many places. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  const breaks = /\r\n|\r|\n/g
  while (breaks.test(text)) starts.push(breaks.lastIndex)
  return starts
}

/** Gives the positions of offsets in any order: the lines of the text are found once, however many are asked about. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = lineStarts(text)
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? Infinity) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

/** Gives positions for offsets that only grow, each at the cost of the text since the last one. */
export function positions(text: string): (offset: number) => Position {
  let line = 1
  let lineStart = 0
  let counted = 0
  return (offset) => {
    const passed = text.slice(counted, offset)
    // Backwards takes much longer, and mostly there is none
    const lastReturn = passed.includes('\r') ? passed.lastIndexOf('\r') : -1
    const lastBreak = Math.max(passed.lastIndexOf('\n'), lastReturn)
    line += countBreaks(passed)
    if (lastBreak !== -1) lineStart = counted + lastBreak + 1
    counted = offset
    return { line, column: offset - lineStart + 1 }
  }
}
