import { EXTERNAL } from '../../analyze/connections.js'
import type { Overview, SomePairs } from '../../analyze/overview-result.js'
import { escapeTerminal } from '../escape.js'
import { fewOf, shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'
import type { MatrixFrame } from './matrix-frame.js'
import type { MatrixReport } from './matrix.js'

/** So many are named. */
export const MOST_NAMES = 8

/** What to look at first, under the picture. Of what was not asked nothing is said. */
export function summaryText(
  { endpoints }: MatrixReport,
  { destinations, outside, everyPort, notIsolated }: MatrixFrame,
  { acrossNamespaces, possible, openToInternet }: Overview,
  style: Style,
): string {
  const shortOf = shortIds(endpoints)
  const names = new Map(endpoints.map((end) => [end.id, escapeTerminal(shortOf(end))]))
  const nameOf = (id: string | null) => (id === null ? EXTERNAL : (names.get(id) ?? id))
  const named = (ids: readonly string[]): Found => ({ count: ids.length, names: ids.slice(0, MOST_NAMES).map(nameOf) })
  const pairs = ({ count, first }: SomePairs): Found => ({
    count,
    names: first.map(({ from, to }) => `${nameOf(from)} -> ${nameOf(to)}`),
  })
  const { ingress, egress } = notIsolated()
  const open = endpoints.flatMap(({ id }) => (openToInternet.has(id) ? [id] : []))
  const lines: readonly (readonly [title: string, found: Found])[] = [
    ['not isolated for ingress', named(ingress)],
    ['not isolated for egress', named(egress)],
    ...(outside.source === 'all' && destinations.size > 0 ? [['open to the internet', named(open)] as const] : []),
    ...(everyPort ? [['all ports across namespaces', pairs(acrossNamespaces)] as const] : []),
    // Nobody has to be told that there is no doubt
    ...(possible.count > 0 ? [['not certainly closed', pairs(possible)] as const] : []),
  ]
  return lines.map(([title, found]) => `${lineOf(title, found, style)}\n`).join('')
}

/** How many there are, and the names of the first. */
interface Found {
  readonly count: number
  readonly names: readonly string[]
}

function lineOf(title: string, { count, names }: Found, { width }: Style): string {
  return wrap(`${title.padEnd(27)} ${count === 0 ? 'none' : fewOf(names, count)}`, width, ' '.repeat(28))
}
