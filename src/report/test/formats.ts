import { jsonText } from '../escape.js'
import { lazyFormats, type Formats } from '../formats.js'
import type { TestResult } from './test-result.js'

const formatOf = lazyFormats(() => import('./render.js'))

/** The formats of `test`. What renders them is loaded only if it is used. */
export const TEST_FORMATS: Formats<TestResult> = {
  text: formatOf('text'),
  json: (result) => [jsonText(result)],
  junit: formatOf('junit'),
  tap: formatOf('tap'),
  github: formatOf('github'),
  markdown: formatOf('markdown'),
  sarif: formatOf('sarif'),
  gitlab: formatOf('gitlab'),
}
