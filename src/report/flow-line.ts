import type { CheckResult, EndpointResult, FlowResult } from './check-result.js'
import type { Style } from './style.js'
import { portsText } from './wording/near-miss.js'

/** `DENIED  shop/web -> shop/db  5432/TCP`. */
export function flowLine(
  flow: FlowResult & { readonly incomplete?: boolean },
  names: (end: EndpointResult) => string,
  style: Style,
): string {
  const family = flow.family === undefined ? '' : `  ${flow.family}`
  const arrow = `${style.paint('strong', names(flow.from))} -> ${style.paint('strong', names(flow.to))}`
  return `${headword(flow.verdict, flow, style)}  ${arrow}  ${portText(flow)}${family}${viaText(flow)}`
}

/** `  via Service shop/api:80`; nothing where a connection is made directly. */
function viaText({ via }: FlowResult): string {
  if (via === undefined) return ''
  return `  via Service ${via.namespace}/${via.name}${via.port === null ? '' : `:${via.port}`}`
}

/** `DENIED (not certain: the input does not say)`: a verdict never stands without what it rests on. */
export function headword(verdict: NonNullable<CheckResult['verdict']>, sureness: Sureness, style: Style): string {
  const doubt = doubtIn(sureness)
  return doubt === null
    ? verdictWord(verdict, style)
    : `${verdictWord(verdict, style)} ${style.paint('mixed', `(${doubt})`)}`
}

/** What a verdict rests on. */
export interface Sureness {
  readonly certainty: CheckResult['certainty']
  readonly incomplete?: boolean
}

/** What keeps a verdict from being sure, in a few words; null where nothing does. */
export function doubtIn({ certainty, incomplete = false }: Sureness): string | null {
  const parts = [
    ...(certainty === 'undefined' ? ['not certain: the API leaves it open'] : []),
    ...(certainty === 'indeterminate' ? ['not certain: the input does not say'] : []),
    ...(incomplete ? ['incomplete: parts of the input were skipped'] : []),
  ]
  return parts.length === 0 ? null : parts.join('; ')
}

function verdictWord(verdict: NonNullable<CheckResult['verdict']>, style: Style): string {
  switch (verdict) {
    case 'allow':
      return style.paint('good', 'ALLOWED')
    case 'deny':
      return style.paint('bad', 'DENIED')
    case 'partial':
      return style.paint('mixed', 'PARTIAL')
  }
}

/** `5432/TCP`, `8000-8100/TCP`, `http (8080/TCP)`, `any TCP port`. */
export function portText({ port, endPort = port, protocol, portName }: FlowResult): string {
  const text = portsText({ first: port, last: endPort }, protocol)
  return portName === undefined ? text : `${portName} (${text})`
}
