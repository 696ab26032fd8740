import { escapeTerminal } from '../escape.js'
import { shortIds } from '../short-ids.js'
import type { MatrixListener } from './connection-reader.js'
import type { MatrixReport } from './matrix.js'
import { overFamily, portsList } from './ports-list.js'

/** The matrix as a Markdown table. */
export function* matrixMarkdown({ endpoints, connections }: MatrixReport, listener: MatrixListener): Iterable<string> {
  const shortOf = shortIds(endpoints)
  const names = new Map(endpoints.map((endpoint) => [endpoint.id, shortOf(endpoint)]))
  yield '| from | to | ports | certainty | possibly open |\n| --- | --- | --- | --- | --- |\n'
  for (const { from, to, cidrs = [], ports, possible = [], family, certainty } of connections?.(listener) ?? []) {
    const nameOf = (id: string) =>
      codeSpan(names.get(id) ?? id) + (names.has(id) ? '' : ` ${codeSpan(cidrs.join(' '))}`)
    const open = ports.length === 0 ? 'none' : portsList(ports)
    const sure = certainty ?? (ports.length === 0 ? '' : 'certain')
    const cells = [nameOf(from), nameOf(to), `${open}${overFamily(family)}`, sure, portsList(possible)]
    yield `| ${cells.join(' | ')} |\n`
  }
}

/**
 * User text as a code span of a table: nothing in it can end the span, the cell or the line, or look like the comment by
 * which an earlier report is found again.
 */
export function codeSpan(text: string): string {
  // Readers differ on a pipe behind two backslashes
  const safe = escapeTerminal(text).replaceAll('|', '\\u{7c}').replaceAll('<!--', '<\\u{21}--')
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const blank = safe.startsWith('`') || safe.endsWith('`') ? ' ' : ''
  return `${fence}${blank}${safe}${blank}${fence}`
}
