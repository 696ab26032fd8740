import type { EndpointResult, FlowResult } from './check-result.js'
import { openPorts, pairWord } from './port-summary.js'
import type { Style } from './style.js'
import { fit, fits } from './wrap.js'

/** One row for each pair, with the ports that are open; one line each where the table is too wide for the terminal. */
export function pairTable(
  groups: readonly (readonly FlowResult[])[],
  names: (end: EndpointResult) => string,
  style: Style,
): string {
  const rows = groups.flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const word = pairWord(group)
    const sure = group.every(({ certainty }) => certainty === 'certain') ? word : `${word} (not certain)`
    return [[sure, names(wholeEnd(first.from)), names(wholeEnd(first.to)), openPorts(group)]]
  })
  const table = style.table(['verdict', 'from', 'to', 'open ports'], rows)
  if (fits(table, style)) return table
  return rows
    .map(([word = '', from = '', to = '', open = '']) => fit(`${word}  ${from} -> ${to}  ${open}`, style))
    .join('\n')
}

/** An end of a pair as it was asked for, whatever addresses one of its flows is about. */
export function wholeEnd({ id, kind, namespace, name }: EndpointResult): EndpointResult {
  return { id, kind, namespace, name }
}
