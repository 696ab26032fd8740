import type { MatrixEndpoint } from '../../analyze/matrix-endpoints.js'
import type { MatrixSummary } from '../../analyze/matrix-summary.js'
import type { MatrixAnswer } from '../../analyze/matrix.js'
import { escapeTerminal } from '../escape.js'
import { few, shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'

const MOST_NAMES = 8

/** What to look at first, under the picture; of what was not asked nothing is said. */
export function matrixSummary(answer: MatrixAnswer, summary: MatrixSummary, style: Style): string {
  const { outsideSources, destinations, port } = answer.selection
  const { notIsolated, openToInternet, openAcross } = summary
  const named = answer.endpoints.map(({ id, party: { workload } }) => ({ ...workload, id }))
  const shortOf = shortIds(named)
  const names = new Map(named.map((end) => [end.id, escapeTerminal(shortOf(end))]))
  const nameOf = ({ id }: MatrixEndpoint) => names.get(id) ?? id
  const lines = [
    ['not isolated for ingress', notIsolated.ingress.map(nameOf)],
    ['not isolated for egress', notIsolated.egress.map(nameOf)],
    ...(outsideSources === 'all' && destinations.size > 0
      ? [['open to the internet', openToInternet.map(nameOf)] as const]
      : []),
    ...(port.kind === 'whole-set'
      ? [['all ports across namespaces', openAcross.map(({ from, to }) => `${nameOf(from)} -> ${nameOf(to)}`)] as const]
      : []),
  ] as const
  return lines
    .map(([title, found]) =>
      wrap(`${title.padEnd(27)} ${found.length === 0 ? 'none' : few(found, MOST_NAMES)}`, style.width, ' '.repeat(28)),
    )
    .map((line) => `${line}\n`)
    .join('')
}
