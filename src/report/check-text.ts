import { grouped } from '../model/grouped.js'
import { cidrsText } from './cidrs-text.js'
import type { CheckResult, EndpointResult, FlowResult, ViaResult } from './check-result.js'
import { explainFlow } from './explain-flow.js'
import { flowLine, headword, portText } from './flow-line.js'
import type { Detail } from './formats.js'
import { INCOMPLETE } from './incomplete.js'
import { pairTable, wholeEnd } from './pair-table.js'
import { declaredFirst, onlyClosed, portSummary } from './port-summary.js'
import type { Style } from './style.js'
import { few, shortIds } from './short-ids.js'
import { fit, fits } from './wrap.js'

const MOST_EXPLAINED = 8

/** An answer as text for people; it ends in one newline. The result must have been made safe to print. */
export function checkText(result: CheckResult, style: Style, detail: Detail): string {
  const names = shortNames(result.flows)
  const groups = byPair(result.flows)
  const [first] = result.flows
  if (result.verdict === null || first === undefined) return ''
  const more = result.omittedFlows ?? 0
  const caveat = [
    ...(more === 0 ? [] : [fit(`${more} more flows count and are not shown; --limit 0 shows all`, style)]),
    ...(result.incomplete ? [fit(INCOMPLETE, style)] : []),
  ].map((line) => style.paint('mixed', line))
  if (result.flows.length === 1 && more === 0) {
    const line = fit(flowLine({ ...first, incomplete: result.incomplete }, names, style), style)
    return join([[line], detail === 'quiet' ? [] : [explainFlow(first, names, style)], caveat])
  }
  const verdict = fit(`${headword(result.verdict, result, style)}  ${summaryOf(result, groups, names)}`, style)
  if (detail === 'quiet') return join([[verdict], caveat])
  if (first.via === undefined && groups.length > 1 && groups.some(isSeveralPorts) && detail === 'normal') {
    const hint = 'ask about one pair or one port for the reasons, or with -v for all of them'
    return join([[verdict], [pairTable(groups, names, style)], [style.paint('quiet', fit(hint, style))], caveat])
  }
  const body =
    groups.length === 1 && first.via === undefined
      ? [portSummary(result.flows, style)]
      : [flowTable(result.flows, names, style)]
  return join([[verdict], body, explained(result.flows, names, style, detail), caveat])
}

function join(blocks: readonly (readonly string[])[]): string {
  return `${blocks.flatMap((block) => (block.length === 0 ? [] : [block.join('\n')])).join('\n\n')}\n`
}

function byPair(flows: readonly FlowResult[]): readonly (readonly FlowResult[])[] {
  return [...grouped(flows, ({ from, to }) => `${from.id} ${to.id}`).values()]
}

function summaryOf(
  { flows, omittedFlows = 0 }: CheckResult,
  groups: readonly (readonly FlowResult[])[],
  names: (end: EndpointResult) => string,
): string {
  const [first] = flows
  if (first?.via !== undefined) return serviceSummary(flows, first, first.via, names)
  if (first !== undefined && groups.length === 1) {
    const closed = onlyClosed(flows)
    return `${names(wholeEnd(first.from))} -> ${names(wholeEnd(first.to))}${closed === null ? '' : `  no declared port is open (${closed})`}`
  }
  if (groups.some(isSeveralPorts)) {
    const open = groups.filter((group) => group.some(({ verdict }) => verdict === 'allow')).length
    return `${open} of ${groups.length} pairs have open ports`
  }
  const allowed = flows.filter(({ verdict }) => verdict === 'allow').length
  const counted = omittedFlows === 0 ? `${flows.length}` : `the first ${flows.length}`
  return `${allowed} of ${counted} flows are allowed`
}

/** What of a Service is reached: a client may come to any of its backends, so that one that is closed counts. */
function serviceSummary(
  flows: readonly FlowResult[],
  { from }: FlowResult,
  { namespace, name, port }: ViaResult,
  names: (end: EndpointResult) => string,
): string {
  const isOne = flows.every(({ via }) => via?.port === port)
  const target = `Service ${namespace}/${name}${isOne && port !== null ? `:${port}` : ''}`
  const sources = new Set(flows.map((flow) => flow.from.id)).size
  const source = sources === 1 ? names(wholeEnd(from)) : `${sources} sources`
  const backends = new Set(flows.map((flow) => flow.to.id)).size
  const what = sources === 1 && isOne && backends === flows.length ? 'backends' : 'flows to its backends'
  const denied = flows.filter(({ verdict }) => verdict === 'deny')
  const closed = new Set(denied.map((flow) => `${names(wholeEnd(flow.to))} (${portText(flow)})`))
  const open = flows.length - denied.length
  const counts = open === 0 || open === flows.length ? `all ${flows.length}` : `${open} of ${flows.length}`
  const some = open === 0 || closed.size === 0 ? '' : ` allowed; not ${few([...closed])}`
  return `${source} -> ${target}  ${counts} ${what}${some}`
}

/** Whether a pair was asked about more than one port. */
function isSeveralPorts(group: readonly FlowResult[]): boolean {
  return new Set(group.map(({ protocol, port }) => `${port}/${protocol}`)).size > 1
}

/** One row for each flow, or one line where the table is too wide for the terminal. */
function flowTable(flows: readonly FlowResult[], names: (end: EndpointResult) => string, style: Style): string {
  const families = flows.some(({ family }) => family !== undefined)
  const head = ['verdict', 'from', 'to', 'port', ...(families ? ['family'] : []), 'egress', 'ingress']
  const rows = flows.map((flow) => [
    `${flow.verdict === 'allow' ? 'allowed' : 'denied'}${flow.certainty === 'certain' ? '' : ' (not certain)'}`,
    names(flow.from),
    names(flow.to),
    portText(flow),
    ...(families ? [flow.family ?? ''] : []),
    flow.egress.reason,
    flow.ingress.reason,
  ])
  const table = style.table(head, rows)
  return fits(table, style) ? table : flows.map((flow) => fit(flowLine(flow, names, style), style)).join('\n')
}

/** Explains one flow of those that share their reasons, and counts the others. */
function explained(
  flows: readonly FlowResult[],
  names: (end: EndpointResult) => string,
  style: Style,
  detail: Detail,
): readonly string[] {
  const alike = grouped(declaredFirst(flows), (flow) =>
    JSON.stringify([flow.verdict, gistOf(flow.egress), gistOf(flow.ingress), flow.notes.map(({ code }) => code)]),
  )
  const groups = [...alike.values()]
  const shown = detail === 'verbose' ? groups : groups.slice(0, MOST_EXPLAINED)
  const blocks = shown.flatMap((group) => {
    const [flow] = group
    if (flow === undefined) return []
    const more = group.length === 1 ? '' : `  and ${group.length - 1} more for the same reasons`
    return [`${fit(`${flowLine(flow, names, style)}${more}`, style)}\n${explainFlow(flow, names, style)}`]
  })
  const left = groups.length - shown.length
  return [[...blocks, ...(left > 0 ? [`${left} more kinds of reasons, shown with -v`] : [])].join('\n\n')]
}

/** What two explanations must share to be told as one. */
function gistOf({ reason, policies, rules, nearMisses }: FlowResult['egress']): unknown {
  return [reason, policies, rules, nearMisses.map(({ policy, path, failed, peer }) => [policy, path, failed, peer])]
}

/** Ends by their short names; ends outside the cluster with the addresses that an answer holds for. */
function shortNames(flows: readonly FlowResult[]): (end: EndpointResult) => string {
  const shortOf = shortIds(flows.flatMap(({ from, to }) => [from, to]))
  return (end) => {
    const name = shortOf(end)
    const cidrs = end.cidrs ?? []
    const same = cidrs.length === 1 && (cidrs[0] === name || cidrs[0] === `${name}/32` || cidrs[0] === `${name}/128`)
    const text = cidrsText(cidrs)
    return cidrs.length === 0 || same || text === name ? name : text.startsWith(name) ? text : `${name} (${text})`
  }
}
