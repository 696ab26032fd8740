import { EXTERNAL } from '../../analyze/connections.js'
import { once } from '../../model/once.js'
import { FAMILIES } from '../../net/address.js'
import { parseCidr } from '../../net/cidr.js'
import { overlaps } from '../../net/ranges.js'
import { internetRanges } from '../../query/special-purpose.js'
import { escapeTerminal } from '../escape.js'
import { few, shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'
import type { MatrixFrame } from './matrix-frame.js'
import type { MatrixReport } from './matrix.js'
import type { ConnectionResult } from './matrix-result.js'
import { isEveryPort } from './ports-list.js'

const MOST_NAMES = 8

/** What to look at first, under the picture; it hears of all connections one by one. Of what was not asked nothing is said. */
export function summaryOf(
  { endpoints }: MatrixReport,
  { destinations, outside, everyPort, notIsolated }: MatrixFrame,
): { readonly hear: (connection: ConnectionResult) => void; readonly text: (style: Style) => string } {
  const shortOf = shortIds(endpoints)
  const names = new Map(endpoints.map((end) => [end.id, escapeTerminal(shortOf(end))]))
  const nameOf = (id: string) => names.get(id) ?? id
  const spaces = new Map(endpoints.map(({ id, namespace }) => [id, namespace]))
  const openToInternet = new Set<string>()
  const openAcross: string[] = []
  const possible = new Set<string>()
  return {
    hear({ from, to, ports, possible: perhaps, cidrs = [] }) {
      if (perhaps !== undefined) possible.add(`${nameOf(from)} -> ${nameOf(to)}`)
      if (ports.length === 0) return
      if (from === EXTERNAL) {
        if (to !== EXTERNAL && isOfInternet(cidrs)) openToInternet.add(to)
      } else if (to !== EXTERNAL && spaces.get(from) !== spaces.get(to) && isEveryPort(ports))
        openAcross.push(`${nameOf(from)} -> ${nameOf(to)}`)
    },
    text(style) {
      const { ingress, egress } = notIsolated()
      const open = endpoints.flatMap(({ id }) => (openToInternet.has(id) ? [nameOf(id)] : []))
      const lines: readonly (readonly [title: string, found: readonly string[]])[] = [
        ['not isolated for ingress', ingress.map(nameOf)],
        ['not isolated for egress', egress.map(nameOf)],
        ...(outside.source === 'all' && destinations.size > 0 ? [['open to the internet', open] as const] : []),
        ...(everyPort ? [['all ports across namespaces', openAcross] as const] : []),
        // Nobody has to be told that there is no doubt
        ...(possible.size > 0 ? [['not certainly closed', [...possible]] as const] : []),
      ]
      return lines.map(([title, found]) => `${lineOf(title, found, style)}\n`).join('')
    },
  }
}

function lineOf(title: string, found: readonly string[], { width }: Style): string {
  return wrap(`${title.padEnd(27)} ${found.length === 0 ? 'none' : few(found, MOST_NAMES)}`, width, ' '.repeat(28))
}

const INTERNET = FAMILIES.flatMap(internetRanges)

/** Whether some of these addresses are globally routable; many lines have one list of them. */
const isOfInternet = once((cidrs: readonly string[]) =>
  cidrs.some((cidr) => {
    const parsed = parseCidr(cidr)
    return 'cidr' in parsed && INTERNET.some((range) => overlaps(range, parsed.cidr))
  }),
)
