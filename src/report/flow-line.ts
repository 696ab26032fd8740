import type { CheckResult, EndpointResult, FlowResult } from './check-result.js'
import type { Style } from './style.js'
import { portsText } from './wording/near-miss.js'

/** `DENIED  shop/web -> shop/db  5432/TCP`. */
export function flowLine(flow: FlowResult, names: (end: EndpointResult) => string, style: Style): string {
  const family = flow.family === undefined ? '' : `  ${flow.family}`
  const arrow = `${style.paint('strong', names(flow.from))} -> ${style.paint('strong', names(flow.to))}`
  return `${verdictWord(flow.verdict, style)}  ${arrow}  ${portText(flow)}${family}`
}

export function verdictWord(verdict: NonNullable<CheckResult['verdict']>, style: Style): string {
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
