/**
 * Breaks a text at blanks so that no line is longer than the width, further lines being indented. Colours take no room;
 * a word that is longer than the width stays whole, since names and places are there to be copied.
 */
export function wrap(text: string, width: number | null, indent: string): string {
  if (width === null || lengthOf(text) <= width) return text
  const lines: string[] = []
  let line = ''
  for (const [piece, word = ''] of text.matchAll(/ *([^ ]+)/g)) {
    if (line !== '' && lengthOf(line) + lengthOf(piece) > width) {
      lines.push(line)
      line = `${indent}${word}`
    } else line += piece
  }
  return [...lines, line].join('\n')
}

/** The columns that a line takes. */
export function lengthOf(line: string): number {
  // eslint-disable-next-line no-control-regex -- colours begin with one
  return line.replace(/\u001b\[[0-9;]*m/g, '').length
}

/** A line of an answer, further lines indented below its verdict. */
export function fit(line: string, { width }: Width): string {
  return wrap(line, width, ' '.repeat(9))
}

/** Whether no line of a text is longer than the width. */
export function fits(text: string, { width }: Width): boolean {
  return width === null || text.split('\n').every((line) => lengthOf(line) <= width)
}

interface Width {
  /** Null where lines may have any length. */
  readonly width: number | null
}
