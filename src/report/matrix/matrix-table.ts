import { EXTERNAL } from '../../analyze/connections.js'
import { escapeTerminal } from '../escape.js'
import { shortIds } from '../short-ids.js'
import type { Role, Style } from '../style.js'
import { lengthOf } from '../wrap.js'
import type { MatrixListener, MatrixReport } from './matrix.js'
import type { ConnectionResult } from './matrix-result.js'
import { isEveryPort } from './ports-list.js'

/** The cells of a picture, worst first: what is said of several lines about the outside world is the worst of them. */
const CELLS = {
  all: { glyph: '█', plain: '#', role: 'good', means: 'all ports' },
  some: { glyph: '▒', plain: '+', role: 'mixed', means: 'some ports or addresses' },
  unsure: { glyph: '?', plain: '?', role: 'bad', means: 'open, but not certain' },
  none: { glyph: '·', plain: '.', role: 'quiet', means: 'nothing' },
  itself: { glyph: '\\', plain: '\\', role: 'quiet', means: 'itself' },
} as const satisfies Record<string, { glyph: string; plain: string; role: Role; means: string }>

type Cell = keyof typeof CELLS

/** Above this many endpoints nobody reads a picture. */
const MOST_ENDPOINTS = 100

interface Line {
  readonly id: string
  readonly name: string
  readonly namespace: string
  readonly number: string
  /** Whether it was asked about as a source and as a destination: what was not asked is left blank. */
  readonly isSource: boolean
  readonly isDestination: boolean
  /** There is a second pod, so that it can connect to one of its own kind. */
  readonly another: boolean
}

/** Why a picture cannot be drawn, or null. */
export function tooLarge(report: MatrixReport, style: Style): string | null {
  const { length } = report.endpoints
  if (length > MOST_ENDPOINTS) return `${length} endpoints are too many for a picture`
  const lines = linesOf(report)
  const columns = lines.filter(({ isDestination }) => isDestination)
  const needed = labelWidth(lines) + columns.length * 2 + new Set(columns.map(({ namespace }) => namespace)).size * 2
  return style.width === null || needed <= style.width
    ? null
    : `the picture needs ${needed} columns and there are ${style.width}`
}

/** A picture of the matrix: a row for each source, a column for each destination, namespaces as groups. */
export function matrixTable(report: MatrixReport, style: Style, isTerminal: boolean, listener: MatrixListener): string {
  const lines = linesOf(report)
  const destinations = lines.filter(({ isDestination }) => isDestination)
  const cells = new Map<string, Cell>()
  for (const connection of report.connections?.(listener) ?? []) {
    const key = `${connection.from}\n${connection.to}`
    cells.set(key, joined(cells.get(key), cellOf(connection)))
  }
  const label = labelWidth(lines)
  const digits = Math.max(...lines.map(({ number }) => number.length))
  const head = Array.from({ length: digits }, (_, digit) => {
    const numbers = destinations.map(({ number }) => number.padStart(digits)[digit] ?? ' ')
    return `${' '.repeat(label)}${spaced(destinations, numbers)}`.trimEnd()
  })
  const drawn = (cell: Cell) => style.paint(CELLS[cell].role, isTerminal ? CELLS[cell].glyph : CELLS[cell].plain)
  const rows = lines.flatMap((from, index) => {
    const group = lines[index - 1]?.namespace === from.namespace ? [] : [style.paint('strong', from.namespace)]
    const found = destinations.map((to) => {
      if (!from.isSource || (from.id === EXTERNAL && to.id === EXTERNAL)) return ' '
      return drawn(cells.get(`${from.id}\n${to.id}`) ?? (from.id === to.id && !from.another ? 'itself' : 'none'))
    })
    const name = `${from.number.padStart(4)} ${from.name}`
    return [...group, `${name}${' '.repeat(label - lengthOf(name))}${spaced(destinations, found)}`.trimEnd()]
  })
  const legend = [
    ...(Object.keys(CELLS) as Cell[]).map((cell) => `${drawn(cell)} ${CELLS[cell].means}`),
    '(rows connect to columns)',
  ]
  return `${[...head, ...rows, '', ...inLines(legend, style.width)].join('\n')}\n`
}

/** Fills lines with entries, none of which is broken. */
function inLines(entries: readonly string[], width: number | null): readonly string[] {
  const lines: string[] = []
  for (const entry of entries) {
    const line = lines.at(-1)
    const longer = line === undefined ? entry : `${line}   ${entry}`
    if (line === undefined || (width !== null && lengthOf(longer) > width)) lines.push(entry)
    else lines[lines.length - 1] = longer
  }
  return lines
}

function linesOf({ endpoints, answer }: MatrixReport): readonly Line[] {
  const shortOf = shortIds(endpoints)
  const idsOf = (some: Iterable<{ readonly id: string }> = []) => new Set([...some].map(({ id }) => id))
  const [sources, destinations] = [idsOf(answer?.selection.sources), idsOf(answer?.selection.destinations)]
  const several = idsOf(answer?.endpoints.filter(({ another }) => another))
  const inside = endpoints.map((endpoint) => {
    const namespace = endpoint.namespace ?? ''
    const name = shortOf(endpoint)
    return {
      id: endpoint.id,
      namespace: escapeTerminal(namespace),
      name: escapeTerminal(name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : name),
      isSource: sources.has(endpoint.id),
      isDestination: destinations.has(endpoint.id),
      another: several.has(endpoint.id),
    }
  })
  const outside = {
    ...{ id: EXTERNAL, namespace: 'outside', name: EXTERNAL, another: false },
    isSource: (answer?.selection.outsideSources ?? null) !== null,
    isDestination: (answer?.selection.outsideDestinations ?? null) !== null,
  }
  const shown = outside.isSource || outside.isDestination ? [...inside, outside] : inside
  return shown.map((line, index) => ({ ...line, number: String(index + 1) }))
}

function labelWidth(lines: readonly Line[]): number {
  return Math.max(...lines.map(({ name }) => name.length)) + 7
}

/** Cells one blank apart, namespaces two more. */
function spaced(lines: readonly Line[], cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index > 0 && lines[index]?.namespace !== lines[index - 1]?.namespace ? `  ${cell}` : cell))
    .join(' ')
}

function cellOf({ ports, cidrs = EVERYWHERE, certainty }: ConnectionResult): Cell {
  if (certainty !== undefined) return 'unsure'
  return isEveryPort(ports) && EVERYWHERE.every((all) => cidrs.includes(all)) ? 'all' : 'some'
}

const EVERYWHERE = ['0.0.0.0/0', '::/0']

/** Several lines about the outside: some addresses have these ports, others those. */
function joined(before: Cell | undefined, cell: Cell): Cell {
  if (before === undefined) return cell
  return before === 'unsure' || cell === 'unsure' ? 'unsure' : 'some'
}
