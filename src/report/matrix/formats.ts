import type { SettingsResult } from '../settings-line.js'
import type { Format, Formats } from '../formats.js'
import type { MatrixReport } from './matrix.js'

/** A matrix to be printed, with what JSON says besides. */
export interface PrintedMatrix {
  readonly report: MatrixReport
  readonly settings?: SettingsResult
  /** Hears after each source how many are done. */
  readonly onRow: (done: number) => void
}

/** The formats of `matrix`. What prints them is loaded only if it is used. */
export const MATRIX_FORMATS: Formats<PrintedMatrix> = {
  table: formatOf('table'),
  list: formatOf('list'),
  json: formatOf('json'),
  csv: formatOf('csv'),
  markdown: formatOf('markdown'),
}

function formatOf(format: 'table' | 'list' | 'json' | 'csv' | 'markdown'): Format<PrintedMatrix> {
  return async ({ report, ...more }, { isTerminal, detail, style }) => {
    const { printMatrix } = await import('./print.js')
    return printMatrix(report, { ...more, format, style: await style(), isTerminal, quiet: detail === 'quiet' })
  }
}
