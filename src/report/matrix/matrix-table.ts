import { EXTERNAL } from '../../analyze/connections.js'
import { escapeTerminal } from '../escape.js'
import { shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { drawGrid, widthOf, type Cell, type GridLine } from './grid.js'
import type { MatrixListener } from './connection-reader.js'
import type { MatrixReport } from './matrix.js'
import type { ConnectionResult } from './matrix-result.js'
import { isEveryPort } from './ports-list.js'

/** Above this many rows nobody reads a picture. */
export const MOST_ROWS = 100

/** A row and a column of the picture. */
export interface Line extends GridLine {
  readonly id: string
  readonly namespace: string
  /** There is a second pod, so that it can connect to one of its own kind. */
  readonly another: boolean
}

/** Why a picture cannot be drawn, or null. */
export function tooLarge(report: MatrixReport, style: Style): string | null {
  const { length } = report.endpoints
  if (length > MOST_ROWS) return `${length} endpoints are too many for a picture`
  const needed = widthOf(linesOf(report))
  return style.width === null || needed <= style.width
    ? null
    : `the picture needs ${needed} columns and there are ${style.width}`
}

/** A picture of the matrix: a row for each source, a column for each destination, namespaces as groups. */
export function matrixTable(report: MatrixReport, style: Style, isTerminal: boolean, listener: MatrixListener): string {
  const lines = linesOf(report)
  const within = report.frame?.within ?? null
  const isAsked = (from: Line, to: Line) => within === null || [from, to].some(({ id }) => within.has(id))
  const cells = new Map<string, Cell>()
  for (const connection of report.connections?.(listener) ?? []) {
    const key = `${connection.from}\n${connection.to}`
    cells.set(key, joined(cells.get(key), cellOf(connection)))
  }
  const cellAt = (from: Line, to: Line) => {
    if ((from.id === EXTERNAL && to.id === EXTERNAL) || !isAsked(from, to)) return null
    return cells.get(`${from.id}\n${to.id}`) ?? (from.id === to.id && !from.another ? 'itself' : 'none')
  }
  return drawGrid(lines, cellAt, style, isTerminal)
}

/** The rows and columns that a matrix has, the outside world last. */
export function linesOf({ endpoints, frame }: MatrixReport): readonly Line[] {
  if (frame === null) return []
  const { sources, destinations, several } = frame
  const shortOf = shortIds(endpoints)
  const inside = endpoints.map((endpoint) => {
    const namespace = endpoint.namespace ?? ''
    const name = shortOf(endpoint)
    return {
      id: endpoint.id,
      namespace,
      group: escapeTerminal(namespace),
      name: escapeTerminal(name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : name),
      isSource: sources.has(endpoint.id),
      isDestination: destinations.has(endpoint.id),
      another: several.has(endpoint.id),
    }
  })
  const outside = {
    ...{ id: EXTERNAL, namespace: '', group: 'outside', name: EXTERNAL, another: false },
    isSource: frame.outside.source !== 'none',
    isDestination: frame.outside.destination !== 'none',
  }
  const shown = outside.isSource || outside.isDestination ? [...inside, outside] : inside
  return shown.map((line, index) => ({ ...line, number: String(index + 1) }))
}

/** What one connection makes of its cell. */
function cellOf({ ports, possible, cidrs = EVERYWHERE, certainty }: ConnectionResult): Cell {
  if (ports.length === 0) return 'possible'
  if (certainty !== undefined || possible !== undefined) return 'unsure'
  return isEveryPort(ports) && EVERYWHERE.every((all) => cidrs.includes(all)) ? 'all' : 'some'
}

const EVERYWHERE = ['0.0.0.0/0', '::/0']

/** Several lines about the outside: some addresses have these ports, others those. */
function joined(before: Cell | undefined, cell: Cell): Cell {
  if (before === undefined) return cell
  const both = [before, cell]
  if (both.every((one) => one === 'possible')) return 'possible'
  return both.some((one) => one === 'unsure' || one === 'possible') ? 'unsure' : 'some'
}
