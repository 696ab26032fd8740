import { once } from '../../model/once.js'
import type { ManifestFile } from './input.js'
import { largeExcerpts } from './large-excerpt.js'
import { lineStarts } from '../../syntax/text/position.js'

/** A line of a file; one that is too large for a text is read once more, if it still can be. */
export function excerptOf(files: readonly ManifestFile[], file: string, line: number): string | null {
  const read = files.find((candidate) => candidate.file === file)
  if (read?.isLinked === true) return null
  if (read?.large !== undefined) {
    try {
      return linesOf(read.large)(line)
    } catch {
      return null // It was there a moment ago
    }
  }
  return read === undefined ? null : lineOf(read, line)
}

/** The lines of a message are short; of a longer one nobody sees the rest. */
const MOST_OF_LINE = 2 ** 16
const startsOf = once(({ text }: ManifestFile) => lineStarts(text))

function lineOf(file: ManifestFile, line: number): string | null {
  const starts = startsOf(file)
  const start = starts[line - 1]
  if (start === undefined) return null
  const end = Math.min(starts[line] ?? file.text.length, start + MOST_OF_LINE)
  return file.text.slice(start, end).replace(/[\r\n]+$/, '')
}

const linesOf = once(largeExcerpts)
