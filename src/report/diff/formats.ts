import { jsonText } from '../escape.js'
import type { Format, Formats } from '../formats.js'
import type { DiffResult } from './diff-result.js'
import type * as Printing from './print-diff.js'

/** The formats of `diff`. What renders them is loaded only if it is used. */
export const DIFF_FORMATS: Formats<DiffResult> = {
  text: formatOf('text'),
  json: (result) => [jsonText(result)],
  markdown: formatOf('markdown'),
  github: formatOf('github'),
}

function formatOf(name: keyof typeof Printing): Format<DiffResult> {
  return async (result, page) => {
    const formats = await import('./print-diff.js')
    return formats[name](result, page)
  }
}
