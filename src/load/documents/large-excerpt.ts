import { decodeLossy } from '../files/decode-bytes.js'
import { windowOf, type LargeFile } from '../files/large-file.js'
import { countBreaks } from '../../syntax/text/position.js'

/** Where a line begins, or for a line longer than a window where it goes on. */
interface Mark {
  readonly at: number
  readonly line: number
  readonly isStart: boolean
}

/** The lines of a message are short; of a longer one nobody sees the rest. */
const MOST_BYTES = 4096

/** Finds lines of a file that is read in pieces; what was counted once is not counted again. Null where there is none. */
export function largeExcerpts(large: LargeFile): (line: number) => string | null {
  const marks: Mark[] = [{ at: 0, line: 1, isStart: true }]
  return (line) => {
    let mark = marks.findLast((one) => one.line <= line && one.isStart)
    while (mark !== undefined) {
      const window = windowOf(large, mark.at)
      const isLast = mark.at + window.length >= large.size
      const lines = isLast ? window : window.slice(0, endOfLines(window))
      const breaks = countBreaks(lines)
      const isHere = line === mark.line ? mark.isStart : line < mark.line + breaks
      if (isHere) return lineIn(large, mark, window, line)
      if (isLast) return line > mark.line ? lineIn(large, mark, window, line) : null
      const isStart = lines !== ''
      mark = { at: mark.at + (isStart ? lines.length : window.length), line: mark.line + breaks, isStart }
      if (mark.at > (marks.at(-1)?.at ?? 0)) marks.push(mark)
    }
    return null
  }
}

/** After the last break; a carriage return at the end may be half of one. */
function endOfLines(window: string): number {
  return Math.max(window.lastIndexOf('\n'), window.lastIndexOf('\r', window.length - 2)) + 1
}

function lineIn(large: LargeFile, mark: Mark, window: string, line: number): string | null {
  const breaks = /\r\n|\r|\n/g
  let start = 0
  for (let current = mark.line; current < line; current += 1) {
    if (breaks.exec(window) === null) return null
    start = breaks.lastIndex
  }
  const from = mark.at + start
  const text = decodeLossy(large.read(from, Math.min(large.size, from + MOST_BYTES)))
  const [found = ''] = text.split(/\r|\n/, 1)
  return found
}
