import { loadCluster, type Diagnostic, type LoadOptions } from '../../src/index.js'
import { decodeFile } from '../../src/load/files/decode-bytes.js'
import { splitDocuments } from '../../src/load/documents/split.js'
import { recognise } from '../../src/load/kinds/placeholders.js'
import type { Random } from './random.js'

/** Far more than any document of a few kilobytes may take, on any machine. */
const MOST_MILLISECONDS = 2000

/** Some of the options under which a document may be read. */
export function optionsOf(random: Random): LoadOptions {
  return {
    ...(random.oneIn(4) ? { lenient: true } : {}),
    ...(random.oneIn(4) ? { strict: true } : {}),
    ...(random.oneIn(4) ? { keepGoing: true } : {}),
  }
}

/** What is wrong with how a document was read; null where all is well. The whole way is taken, from the bytes on. */
export function judge(bytes: Uint8Array, options: LoadOptions): string | null {
  const started = performance.now()
  let cluster
  try {
    cluster = loadCluster('-', { ...options, readStdin: () => bytes })
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
  const took = performance.now() - started
  if (took > MOST_MILLISECONDS) return `took ${took.toFixed(0)} ms`
  const { inventory, diagnostics, answerable, incomplete } = cluster
  const { used, irrelevant, empty, template, error } = inventory
  const counted = used + irrelevant + empty + template + error
  const found = documentsIn(bytes)
  if (counted !== found) return `counted ${counted} documents of ${found}: ${JSON.stringify(inventory)}`
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const isLeftOut = diagnostics.some(({ code, severity }) => severity === 'warning' && code < 'NP100')
  if (error > 0 && errors.length === 0 && !isLeftOut) return 'a document counts as an error and nothing says why'
  if (error > 0 && answerable && !incomplete) return 'an error leaves the answer complete'
  if (errors.length > 0 && answerable && options.keepGoing !== true) return 'an error leaves the cluster answerable'
  if (used + template === 0 && answerable && error === 0) return 'nothing was used and the cluster is answerable'
  if (used === 0 && answerable && !incomplete) return 'a template leaves the answer complete'
  const text = decoded(bytes)
  const lost = diagnostics.find((diagnostic) => !isPlaced(diagnostic, text))
  return lost === undefined ? null : `has no place in the text: ${JSON.stringify(lost)}`
}

function documentsIn(bytes: Uint8Array): number {
  const text = decoded(bytes)
  if (text === null) return 0
  return recognise(text) === null ? splitDocuments(text).length : 1
}

function decoded(bytes: Uint8Array): string | null {
  const result = decodeFile(bytes)
  return 'text' in result ? result.text : null
}

/** An error names a line that is there; only what concerns the input as a whole names none. */
function isPlaced({ code, severity, file, line, column }: Diagnostic, text: string | null): boolean {
  if (severity !== 'error' || code.startsWith('NP1') || code === 'NP027') return true
  if (file === null || line === null || column === null) return false
  const lines = text?.split(/\r\n|\r|\n/)
  if (lines === undefined) return line >= 1 && column >= 1
  return line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1
}
