import { escapeTerminal } from '../escape.js'
import type { MatrixListener } from './connection-reader.js'
import type { ConnectionResult } from './matrix-result.js'
import type { MatrixReport } from './matrix.js'
import { portsPlain } from './ports-list.js'

/** The matrix as RFC 4180 has it; lists within a cell are separated by blanks, and nothing is left out. */
export function* matrixCsv({ lines }: MatrixReport, listener: MatrixListener): Iterable<string> {
  yield line(['from', 'to', 'cidrs', 'ports', 'certainty', 'family', 'possible'])
  const rest = ({ to, cidrs = [], ports, possible = [], certainty, family }: ConnectionResult) => {
    // Of no port nothing is certain
    const sure = certainty ?? (ports.length === 0 ? '' : 'certain')
    return line([to, cidrs.join(' '), portsPlain(ports), sure, family ?? '', portsPlain(possible)])
  }
  yield* lines?.({ start: ({ from }) => `${csvCell(from)},`, rest }, listener) ?? []
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Quotes a cell where it must be; what a spreadsheet would take for a formula gets an apostrophe. */
export function csvCell(text: string): string {
  const visible = escapeTerminal(text)
  const harmless = /^[=+\-@]/.test(visible) ? `'${visible}` : visible
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
