import { jsonText } from '../escape.js'
import type { Formats } from '../formats.js'
import type { PoliciesResult } from './policies-result.js'

/** The formats of `policies`. What renders the text is loaded only if it is used. */
export const POLICIES_FORMATS: Formats<PoliciesResult> = {
  text: async (result, { style, detail }) => {
    const { policiesPage } = await import('./print-policies.js')
    return policiesPage(result, await style(), detail)
  },
  json: (result) => [jsonText(result)],
}
