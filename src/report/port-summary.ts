import type { FlowResult } from './check-result.js'
import { portText } from './flow-line.js'
import { few } from './short-ids.js'
import type { Style } from './style.js'
import { wrap } from './wrap.js'

/** Above so many ranges a line is no longer read. */
const MOST_PORTS = 8

/** Which ports of one pair are open and which are closed, in two lines. */
export function portSummary(flows: readonly FlowResult[], style: Style): string {
  const listed = (verdict: FlowResult['verdict']) => {
    const texts = flows.filter((flow) => flow.verdict === verdict).map(withWhere)
    return texts.length === 0 ? 'none' : texts.join(', ')
  }
  return [`  open    ${listed('allow')}`, `  closed  ${listed('deny')}`]
    .map((line) => wrap(line, style.width, '          '))
    .join('\n')
}

/** Open ports in one line. */
export function openPorts(flows: readonly FlowResult[]): string {
  return few(flows.map(withWhere), MOST_PORTS)
}

function withWhere(flow: FlowResult): string {
  const cidrs = flow.from.cidrs ?? flow.to.cidrs
  const family = flow.family === undefined ? '' : ` over ${flow.family}`
  const where =
    cidrs === undefined
      ? ''
      : ` at ${cidrs.slice(0, 3).join(' ')}${cidrs.length > 3 ? ` and ${cidrs.length - 3} more` : ''}`
  return `${portText(flow)}${where}${family}`
}
