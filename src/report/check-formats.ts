import type { CheckResult } from './check-result.js'
import { escapeAll, jsonText } from './escape.js'
import type { Formats } from './formats.js'

/** The formats of `check`. */
export const CHECK_FORMATS: Formats<CheckResult> = {
  text: async (result, { style, detail }) => {
    const { checkText } = await import('./check-text.js')
    return [checkText(escapeAll(result), await style(result.flows.length > 1), detail)]
  },
  json: (result) => [jsonText(result)],
}
