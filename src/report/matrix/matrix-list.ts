import { escapeTerminal } from '../escape.js'
import { cidrsText } from '../cidrs-text.js'
import { shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import type { MatrixListener, MatrixReport } from './matrix.js'
import { once } from '../../model/once.js'
import { overFamily, portsList } from './ports-list.js'

/** One line for each connection: `shop/web -> shop/api  8080/TCP`. */
export function* matrixList(
  { endpoints, connections }: MatrixReport,
  style: Style,
  listener: MatrixListener,
): Iterable<string> {
  const shortOf = shortIds(endpoints)
  const names = new Map(endpoints.map((endpoint) => [endpoint.id, escapeTerminal(shortOf(endpoint))]))
  const portsOf = once(portsList)
  const cidrsOf = once(cidrsText)
  for (const { from, to, cidrs = [], ports, family, certainty } of connections?.(listener) ?? []) {
    const nameOf = (id: string) => style.paint('strong', names.get(id) ?? `${id} (${cidrsOf(cidrs)})`)
    const mark = certainty === undefined ? '' : style.paint('mixed', `  (${certainty})`)
    yield `${nameOf(from)} -> ${nameOf(to)}  ${portsOf(ports)}${overFamily(family)}${mark}\n`
  }
}
