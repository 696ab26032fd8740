import { escapeTerminal } from '../escape.js'
import { cidrsText } from '../cidrs-text.js'
import { shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import type { ConnectionResult } from './matrix-result.js'
import type { MatrixListener, MatrixReport } from './matrix.js'
import { once } from '../../model/once.js'
import { overFamily, portsList, portsWithPossible } from './ports-list.js'

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
  for (const connection of connections?.(listener) ?? []) {
    const { from, to, cidrs = [], ports, possible, family, certainty } = connection
    const nameOf = (id: string) => style.paint('strong', names.get(id) ?? `${id} (${cidrsOf(cidrs)})`)
    const mark = certainty === undefined ? '' : style.paint('mixed', `  (${certainty})`)
    const open = possible === undefined ? portsOf(ports) + overFamily(family) + mark : doubtful(connection, mark)
    yield `${nameOf(from)} -> ${nameOf(to)}  ${open}\n`
  }
}

function doubtful(connection: ConnectionResult, mark: string): string {
  return portsWithPossible(connection, mark) + overFamily(connection.family)
}
