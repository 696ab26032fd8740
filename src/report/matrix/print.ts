import { INCOMPLETE } from '../incomplete.js'
import type { SettingsResult } from '../settings-line.js'
import type { Style } from '../style.js'
import { matrixCsv } from './matrix-csv.js'
import { matrixJson } from './matrix-json.js'
import { matrixList } from './matrix-list.js'
import { matrixMarkdown } from './matrix-markdown.js'
import type { MatrixFrame } from './matrix-frame.js'
import { matrixReport, type MatrixReport } from './matrix.js'
import { MOST_NAMES, summaryText } from './matrix-summary.js'
import { namespaceGrid, namespacePicture } from './matrix-namespaces.js'
import { matrixTable, tooLarge } from './matrix-table.js'

export { matrixReport }

/** The formats of a matrix; the first is that of people. */
export type MatrixFormat = 'table' | 'list' | 'json' | 'csv' | 'markdown'

/** How a matrix is printed. */
export interface MatrixPrinting {
  readonly format: MatrixFormat
  readonly style: Style
  /** On a terminal the picture has glyphs that not every pipe can take. */
  readonly isTerminal: boolean
  readonly quiet: boolean
  /** What the settings of the project had to do with it; in JSON only. */
  readonly settings?: SettingsResult
  /** Hears after each source how many are done. */
  readonly onRow: (done: number) => void
}

/** A matrix as text, piece by piece, so that its size does not matter. Without an answer only JSON has something to say. */
export function printMatrix(report: MatrixReport, printing: MatrixPrinting): Iterable<string> {
  const { format, style, onRow, settings } = printing
  const listener = { onRow }
  if (format === 'json') return matrixJson(report, listener, settings)
  if (report.connections === null) return []
  switch (format) {
    case 'csv':
      return matrixCsv(report, listener)
    case 'markdown':
      return matrixMarkdown(report, listener)
    case 'list':
      return matrixList(report, style, listener)
    case 'table':
      return picture(report, printing)
  }
}

/** One row or one column says nothing that a list does not say better. */
function isOneLine({ sources, destinations, outside }: MatrixFrame): boolean {
  const rows = sources.size + (outside.source === 'none' ? 0 : 1)
  const columns = destinations.size + (outside.destination === 'none' ? 0 : 1)
  return rows <= 1 || columns <= 1
}

function* picture(report: MatrixReport, { style, isTerminal, quiet, onRow }: MatrixPrinting): Iterable<string> {
  const { frame, overview } = report
  if (frame === null || overview === null) return
  const reason = tooLarge(report, style)
  const grid = isOneLine(frame) || reason === null ? null : namespaceGrid(report, style)
  const byNamespace = grid !== null && !grid.isTooLarge
  const whole =
    quiet && !byNamespace ? null : overview({ byNamespace, most: MOST_NAMES }, grid === null ? undefined : onRow)
  if (isOneLine(frame)) yield* matrixList(report, style, { onRow })
  else if (reason === null) yield matrixTable(report, style, isTerminal, { onRow, isWhole: true })
  else {
    const shown = byNamespace ? 'these are its namespaces' : 'so are its namespaces'
    yield `${reason}; ${shown}. -o list has every pair, --from and --to narrow it\n`
    if (byNamespace && whole !== null) yield `\n${namespacePicture(report, grid, whole, style, isTerminal)}`
  }
  if (!quiet && whole !== null) yield `\n${summaryText(report, frame, whole, style)}`
  if (report.incomplete) yield `\n${style.paint('mixed', INCOMPLETE)}\n`
}
