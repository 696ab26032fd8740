import { rowsOfAnalyzer } from './analyzer-json.js'
import { canonical } from './canonical.js'
import { isMatrixCsv, rowsOfCsv } from './matrix-csv.js'

/**
 * Compares what `netpol-sim matrix -o csv` printed with what another program did: how many pairs are open, and the first
 * difference or null. Throws where they cannot be compared.
 */
export function compareAnswers(ours, theirs) {
  const rows = rowsOfCsv(ours)
  if (isMatrixCsv(theirs)) return compared(rows, rowsOfCsv(theirs))
  const start = theirs.trimStart().slice(0, 40)
  if (start === '') throw new Error('it printed nothing')
  if (!start.startsWith('[')) throw new Error(`neither a JSON array nor the columns of \`matrix -o csv\`: ${start}`)
  const part = rows.flatMap(({ from, to }) => [from, to]).find((id) => id.includes('{'))
  if (part !== undefined) throw new Error(`${part} is a part of a workload, which netpol-analyzer does not tell apart`)
  // What a workload may send to itself is not judged by it: old versions list all connections, new ones never any
  return compared(rows.filter(betweenTwo), rowsOfAnalyzer(theirs).filter(betweenTwo))
}

function betweenTwo({ from, to }) {
  return from !== to
}

function compared(ourRows, theirRows) {
  const [ours, theirs] = [canonical(ourRows), canonical(theirRows)]
  return { pairs: ours.size, difference: firstDifference(ours, theirs) }
}

function firstDifference(ours, theirs) {
  for (const key of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    const [a, b] = [ours.get(key) ?? [], theirs.get(key) ?? []]
    const index = a.findIndex(({ text }, place) => text !== b[place]?.text)
    const at = index === -1 ? a.length : index
    if (at < Math.max(a.length, b.length)) return `${key}: ${sides(a[at], b[at])}`
  }
  return null
}

/** Of two parts that begin at different addresses the second says nothing about where the first begins. */
function sides(a, b) {
  const first = Math.min(a?.first ?? Infinity, b?.first ?? Infinity)
  const [ours, theirs] = [a, b].map((part) => (part?.first === first ? part.text : 'nothing'))
  return `netpol-sim says ${ours}; the peer says ${theirs}`
}
