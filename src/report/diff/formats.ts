import { jsonText } from '../escape.js'
import { lazyFormats, type Formats } from '../formats.js'
import type { DiffResult } from './diff-result.js'

const formatOf = lazyFormats(() => import('./print-diff.js'))

/** The formats of `diff`. What renders them is loaded only if it is used. */
export const DIFF_FORMATS: Formats<DiffResult> = {
  text: formatOf('text'),
  json: (result) => [jsonText(result)],
  markdown: formatOf('markdown'),
  github: formatOf('github'),
}
