import { escapeTerminal } from '../escape.js'
import { shortIds } from '../short-ids.js'
import type { Role, Style } from '../style.js'
import { lengthOf } from '../wrap.js'
import type { MatrixReport } from './matrix.js'
import type { ConnectionResult, MatrixEndpointResult } from './matrix-result.js'
import { isEveryPort } from './ports-list.js'

/** The cells of a picture, worst first: what is said of several lines about the outside world is the worst of them. */
const CELLS = {
  all: { glyph: '█', plain: '#', role: 'good', means: 'all ports' },
  some: { glyph: '▒', plain: '+', role: 'mixed', means: 'some ports' },
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
}

/** Why a picture cannot be drawn, or null. */
export function tooLarge({ endpoints }: MatrixReport, style: Style): string | null {
  if (endpoints.length > MOST_ENDPOINTS) return `${endpoints.length} endpoints are too many for a picture`
  const lines = linesOf(endpoints)
  const needed = labelWidth(lines) + lines.length * 2 + new Set(lines.map(({ namespace }) => namespace)).size * 2
  return style.width === null || needed <= style.width
    ? null
    : `the picture needs ${needed} columns and there are ${style.width}`
}

/** A picture of the matrix: a row for each source, a column for each destination, namespaces as groups. */
export function matrixTable(report: MatrixReport, style: Style, isTerminal: boolean): string {
  const lines = linesOf(report.endpoints)
  const cells = new Map<string, Cell>()
  for (const connection of report.connections?.() ?? []) {
    const key = `${connection.from}\n${connection.to}`
    cells.set(key, joined(cells.get(key), cellOf(connection)))
  }
  const label = labelWidth(lines)
  const columns = lines.map((_, index) => String(index + 1))
  const digits = Math.max(...columns.map((column) => column.length))
  const head = Array.from({ length: digits }, (_, digit) => {
    const numbers = columns.map((column) => column.padStart(digits)[digit] ?? ' ')
    return `${' '.repeat(label)}${spaced(lines, numbers)}`.trimEnd()
  })
  const drawn = (cell: Cell) => style.paint(CELLS[cell].role, isTerminal ? CELLS[cell].glyph : CELLS[cell].plain)
  const rows = lines.flatMap((from, index) => {
    const group = lines[index - 1]?.namespace === from.namespace ? [] : [style.paint('strong', from.namespace)]
    const found = lines.map((to) =>
      drawn(cells.get(`${from.id}\n${to.id}`) ?? (from.id === to.id && from.id !== EXTERNAL ? 'itself' : 'none')),
    )
    const name = `${String(index + 1).padStart(4)} ${from.name}`
    return [...group, `${name}${' '.repeat(label - lengthOf(name))}${spaced(lines, found)}`]
  })
  const legend = (Object.keys(CELLS) as Cell[]).map((cell) => `${drawn(cell)} ${CELLS[cell].means}`).join('   ')
  return `${[...head, ...rows, '', `${legend}   (rows connect to columns)`].join('\n')}\n`
}

const EXTERNAL = 'external'

function linesOf(endpoints: readonly MatrixEndpointResult[]): readonly Line[] {
  const shortOf = shortIds(endpoints)
  const inside = endpoints.map((endpoint) => {
    const namespace = endpoint.namespace ?? ''
    const name = shortOf(endpoint)
    return {
      id: endpoint.id,
      namespace: escapeTerminal(namespace),
      name: escapeTerminal(name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : name),
    }
  })
  return [...inside, { id: EXTERNAL, namespace: 'outside', name: EXTERNAL }]
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

function cellOf({ ports, certainty }: ConnectionResult): Cell {
  if (certainty !== undefined) return 'unsure'
  return isEveryPort(ports) ? 'all' : 'some'
}

/** Several lines about the outside: some addresses have these ports, others those. */
function joined(before: Cell | undefined, cell: Cell): Cell {
  if (before === undefined) return cell
  return before === 'unsure' || cell === 'unsure' ? 'unsure' : 'some'
}
