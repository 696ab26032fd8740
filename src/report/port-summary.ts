import type { FlowResult } from './check-result.js'
import { cidrsText } from './cidrs-text.js'
import { portText } from './flow-line.js'
import { few } from './short-ids.js'
import type { Style } from './style.js'
import { wrap } from './wrap.js'

/** Above so many ranges a line is no longer read. */
const MOST_PORTS = 8

/** Which ports of one pair are open and which are closed, a line each; those that the destination declares come first. */
export function portSummary(flows: readonly FlowResult[], style: Style): string {
  const listed = (verdict: FlowResult['verdict']) => {
    const texts = flows.filter((flow) => flow.verdict === verdict).map(withWhere)
    return texts.length === 0 ? 'none' : texts.join(', ')
  }
  const declared = declaredOf(flows).map(({ text, isOpen }) => `${text} ${isOpen ? 'open' : 'closed'}`)
  return [
    ...(declared.length === 0 ? [] : [`  declared  ${few(declared, MOST_PORTS)}`]),
    `  open      ${listed('allow')}`,
    `  closed    ${listed('deny')}`,
  ]
    .map((line) => wrap(line, style.width, '            '))
    .join('\n')
}

/** Open ports of one pair in one line; if none that the destination declares is among them, that too. */
export function openPorts(flows: readonly FlowResult[]): string {
  const open = declaredFirst(flows).filter(({ verdict }) => verdict === 'allow')
  if (open.length === 0) return 'none'
  const closed = onlyClosed(flows)
  return `${few(open.map(withWhere), MOST_PORTS)}${closed === null ? '' : `; no declared port (${closed})`}`
}

/** The ports that the destination declares, `5353/UDP`, where some ports are open and none of those is one that the destination declares; else null. */
export function onlyClosed(flows: readonly FlowResult[]): string | null {
  const declared = declaredOf(flows)
  if (declared.length === 0 || declared.some(({ isOpen }) => isOpen)) return null
  if (flows.every(({ verdict }) => verdict === 'deny')) return null
  return few(declared.map(({ port }) => port))
}

/** The verdict over one pair, which goes by the ports that the destination declares, if it declares any. */
export function pairWord(flows: readonly FlowResult[]): 'allowed' | 'denied' | 'partial' {
  if (flows.every(({ verdict }) => verdict === 'deny')) return 'denied'
  const declared = flows.filter(({ declared: ports }) => ports !== undefined)
  const decisive = declared.length === 0 ? flows : declared
  return decisive.every(({ verdict }) => verdict === 'allow') ? 'allowed' : 'partial'
}

/** Flows about ports that the destination declares before the others. */
export function declaredFirst(flows: readonly FlowResult[]): readonly FlowResult[] {
  const isDeclared = ({ declared }: FlowResult) => declared !== undefined
  return [...flows.filter(isDeclared), ...flows.filter((flow) => !isDeclared(flow))]
}

/** Each declared port once; one that is closed in some family or for some addresses is not open. */
function declaredOf(flows: readonly FlowResult[]): readonly DeclaredPort[] {
  const found = new Map<string, DeclaredPort>()
  for (const { declared = [], protocol, verdict } of flows) {
    for (const { port: number, name } of declared) {
      const port = `${number}/${protocol}`
      const isOpen = (found.get(port)?.isOpen ?? true) && verdict === 'allow'
      found.set(port, { port, text: name === null ? port : `${port} (${name})`, isOpen })
    }
  }
  return [...found.values()]
}

interface DeclaredPort {
  readonly port: string
  /** With its name. */
  readonly text: string
  readonly isOpen: boolean
}

function withWhere(flow: FlowResult): string {
  const cidrs = flow.from.cidrs ?? flow.to.cidrs
  const family = flow.family === undefined ? '' : ` over ${flow.family}`
  const where = cidrs === undefined ? '' : ` at ${cidrsText(cidrs)}`
  return `${portText(flow)}${where}${family}`
}
