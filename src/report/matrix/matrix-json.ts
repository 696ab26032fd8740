import { jsonLine } from '../escape.js'
import type { SettingsResult } from '../settings-line.js'
import type { LineFormat, MatrixListener } from './connection-reader.js'
import type { MatrixReport } from './matrix.js'

/** The matrix as JSON, a line for each endpoint and connection; together the pieces are what {@link matrix} returns. */
export function* matrixJson(
  { incomplete, inventory, endpoints, lines, omitted, choices, diagnostics }: MatrixReport,
  listener: MatrixListener,
  settings?: SettingsResult,
): Iterable<string> {
  yield `{\n"schemaVersion": 1,\n"command": "matrix",\n"incomplete": ${jsonLine(incomplete)},\n`
  yield `"inventory": ${jsonLine(inventory)},\n"endpoints": `
  yield* array(endpoints)
  yield ',\n"connections": '
  if (lines === null) yield 'null'
  else yield* connectionsArray(lines(CONNECTION, listener))
  const { count } = omitted()
  if (count > 0) yield `,\n"omittedConnections": ${count}`
  if (settings !== undefined) yield `,\n"settings": ${jsonLine(settings)}`
  if (choices !== undefined) {
    yield ',\n"choices": '
    yield* array(choices)
  }
  yield ',\n"diagnostics": '
  yield* array(diagnostics)
  yield '\n}\n'
}

/** A connection behind another; what it begins with ends where the destination is named. */
const CONNECTION: LineFormat = {
  start: ({ from }) => `,\n${headOf(from)}`,
  rest: (connection) => jsonLine(connection).slice(headOf(connection.from).length),
}

function headOf(from: string): string {
  return jsonLine({ from }).slice(0, -1)
}

function* connectionsArray(pieces: Iterable<string>): Iterable<string> {
  let empty = true
  for (const piece of pieces) {
    yield empty ? `[${piece.slice(1)}` : piece
    empty = false
  }
  yield empty ? '[]' : '\n]'
}

function* array(items: Iterable<unknown>): Iterable<string> {
  let separator = '[\n'
  let empty = true
  for (const item of items) {
    yield `${separator}${jsonLine(item)}`
    separator = ',\n'
    empty = false
  }
  yield empty ? '[]' : '\n]'
}
