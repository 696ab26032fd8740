import { escapeTerminal } from '../escape.js'
import { cidrsText } from '../cidrs-text.js'
import { shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import type { MatrixListener } from './connection-reader.js'
import type { ConnectionResult } from './matrix-result.js'
import type { MatrixReport } from './matrix.js'
import { once } from '../../model/once.js'
import { overFamily, portsList, portsWithPossible } from './ports-list.js'

/** One line for each connection: `shop/web -> shop/api  8080/TCP`. */
export function matrixList(
  { endpoints, lines }: MatrixReport,
  style: Style,
  listener: MatrixListener,
): Iterable<string> {
  const shortOf = shortIds(endpoints)
  const names = new Map(endpoints.map((endpoint) => [endpoint.id, escapeTerminal(shortOf(endpoint))]))
  const portsOf = once(portsList)
  const cidrsOf = once(cidrsText)
  const nameOf = (id: string, cidrs: readonly string[] = []) =>
    style.paint('strong', names.get(id) ?? `${id} (${cidrsOf(cidrs)})`)
  const start = ({ from, cidrs }: Pick<ConnectionResult, 'from' | 'cidrs'>) => `${nameOf(from, cidrs)} -> `
  const rest = (connection: ConnectionResult) => {
    const { to, cidrs, ports, possible, family, certainty } = connection
    const mark = certainty === undefined ? '' : style.paint('mixed', `  (${certainty})`)
    const open = possible === undefined ? portsOf(ports) + overFamily(family) + mark : doubtful(connection, mark)
    return `${nameOf(to, cidrs)}  ${open}\n`
  }
  return lines?.({ start, rest }, listener) ?? []
}

function doubtful(connection: ConnectionResult, mark: string): string {
  return portsWithPossible(connection, mark) + overFamily(connection.family)
}
