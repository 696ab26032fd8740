import { escapeTerminal } from '../escape.js'
import type { MatrixListener, MatrixReport } from './matrix.js'
import { portsPlain } from './ports-list.js'

/** The matrix as RFC 4180 has it; lists within a cell are separated by blanks, and nothing is left out. */
export function* matrixCsv({ connections }: MatrixReport, listener: MatrixListener): Iterable<string> {
  yield line(['from', 'to', 'cidrs', 'ports', 'certainty', 'family', 'possible'])
  for (const { from, to, cidrs = [], ports, possible = [], certainty, family = '' } of connections?.(listener) ?? []) {
    // Of no port nothing is certain
    const sure = certainty ?? (ports.length === 0 ? '' : 'certain')
    yield line([from, to, cidrs.join(' '), portsPlain(ports), sure, family, portsPlain(possible)])
  }
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
