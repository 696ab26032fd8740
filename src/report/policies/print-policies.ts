import { escapeAll } from '../escape.js'
import type { Detail } from '../formats.js'
import type { Style } from '../style.js'
import type { PoliciesResult } from './policies-result.js'
import { policiesText } from './policies-text.js'

export { policies } from './policies.js'

/** The answer of `policies` as text, made safe to print; nothing where there is none. */
export function policiesPage(result: PoliciesResult, style: Style, detail: Detail): Iterable<string> {
  const text = policiesText(escapeAll(result), style, detail === 'verbose')
  return text === '' ? [] : [text]
}
