import { jsonText } from '../escape.js'
import type { Format, Formats } from '../formats.js'
import type * as Rendering from './render.js'
import type { TestResult } from './test-result.js'

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

function formatOf(name: keyof typeof Rendering): Format<TestResult> {
  return async (result, page) => {
    const formats = await import('./render.js')
    return formats[name](result, page)
  }
}
