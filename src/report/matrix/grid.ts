import type { Role, Style } from '../style.js'
import { lengthOf } from '../wrap.js'

/** The cells of a picture, worst first: what is said of several lines about the outside world is the worst of them. */
const CELLS = {
  all: { glyph: '█', plain: '#', role: 'bad', means: 'all ports' },
  some: { glyph: '▒', plain: '+', role: 'mixed', means: 'some ports or addresses' },
  unsure: { glyph: '?', plain: '?', role: 'mixed', means: 'open, but not all of it is certain' },
  possible: { glyph: '~', plain: '~', role: 'mixed', means: 'closed, but not certainly' },
  none: { glyph: '·', plain: '.', role: 'quiet', means: 'nothing' },
  itself: { glyph: '\\', plain: '\\', role: 'quiet', means: 'a single pod, not paired with itself' },
} as const satisfies Record<string, { glyph: string; plain: string; role: Role; means: string }>

/** What a cell says; `null` is what was not asked, and left blank. */
export type Cell = keyof typeof CELLS

/** A row, a column, or both. */
export interface GridLine {
  readonly name: string
  /** Lines with the same group stand together under it; an empty one has no heading. */
  readonly group: string
  readonly number: string
  /** Whether it has a row, and whether it has a column. */
  readonly isSource: boolean
  readonly isDestination: boolean
}

/** The columns of a terminal that a grid needs. */
export function widthOf(lines: readonly GridLine[]): number {
  const columns = lines.filter(({ isDestination }) => isDestination)
  return labelWidth(lines) + columns.length * 2 + new Set(columns.map(({ group }) => group)).size * 2
}

/** A picture: a row for each source, a column for each destination, groups apart. */
export function drawGrid<Line extends GridLine>(
  lines: readonly Line[],
  cellOf: (from: Line, to: Line) => Cell | null,
  style: Style,
  isTerminal: boolean,
  words: Partial<Record<Cell, string>> = {},
): string {
  const destinations = lines.filter(({ isDestination }) => isDestination)
  const label = labelWidth(lines)
  const digits = Math.max(...lines.map(({ number }) => number.length))
  const head = Array.from({ length: digits }, (_, digit) => {
    const numbers = destinations.map(({ number }) => number.padStart(digits)[digit] ?? ' ')
    return `${' '.repeat(label)}${spaced(destinations, numbers)}`.trimEnd()
  })
  const drawn = (cell: Cell) => style.paint(CELLS[cell].role, isTerminal ? CELLS[cell].glyph : CELLS[cell].plain)
  const used = new Set<Cell>()
  const rows = lines.flatMap((from, index) => {
    const isNew = from.group !== '' && lines[index - 1]?.group !== from.group
    const found = destinations.map((to) => {
      const cell = from.isSource ? cellOf(from, to) : null
      if (cell === null) return ' '
      used.add(cell)
      return drawn(cell)
    })
    const name = `${from.number.padStart(4)} ${from.name}`
    const row = `${name}${' '.repeat(label - lengthOf(name))}${spaced(destinations, found)}`.trimEnd()
    return isNew ? [style.paint('strong', from.group), row] : [row]
  })
  const legend = [
    ...(Object.keys(CELLS) as Cell[])
      .filter((cell) => used.has(cell))
      .map((cell) => `${drawn(cell)} ${words[cell] ?? CELLS[cell].means}`),
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

function labelWidth(lines: readonly GridLine[]): number {
  return Math.max(...lines.map(({ name }) => name.length)) + 7
}

/** Cells one blank apart, groups two more. */
function spaced(lines: readonly GridLine[], cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index > 0 && lines[index]?.group !== lines[index - 1]?.group ? `  ${cell}` : cell))
    .join(' ')
}
