import { summaryOf } from '../../analyze/matrix-summary.js'
import { INCOMPLETE } from '../incomplete.js'
import type { SettingsResult } from '../settings-line.js'
import type { Style } from '../style.js'
import { matrixCsv } from './matrix-csv.js'
import { matrixJson } from './matrix-json.js'
import { matrixList } from './matrix-list.js'
import { matrixMarkdown } from './matrix-markdown.js'
import { matrixReport, type MatrixReport } from './matrix.js'
import { matrixSummary } from './matrix-summary.js'
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

function* picture(report: MatrixReport, { style, isTerminal, quiet, onRow }: MatrixPrinting): Iterable<string> {
  const reason = tooLarge(report, style)
  const { answer } = report
  const summary = quiet || answer === null ? null : summaryOf(answer)
  const listener = { onRow, onConnection: summary?.hear }
  if (reason === null) yield matrixTable(report, style, isTerminal, { ...listener, isWhole: true })
  else {
    yield `${reason}; here is the list (-o list), narrow it with --from and --to\n\n`
    yield* matrixList(report, style, listener)
  }
  if (answer !== null && summary !== null) yield `\n${matrixSummary(answer, summary.sum(), style)}`
  if (report.incomplete) yield `\n${style.paint('mixed', INCOMPLETE)}\n`
}
