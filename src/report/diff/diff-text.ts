import { cidrsText } from '../cidrs-text.js'
import { escapeAll } from '../escape.js'
import type { Format } from '../formats.js'
import { INCOMPLETE } from '../incomplete.js'
import { portsList } from '../matrix/ports-list.js'
import { shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'
import { verdictLine } from './diff-words.js'
import type { ChangeResult, DiffResult } from './diff-result.js'

/** The result of `diff` for people. */
export const text: Format<DiffResult> = async (result, { style }) => {
  if (result.changes === null) return []
  return [diffText(escapeAll(result), result.changes.length, await style())]
}

function diffText(result: DiffResult, count: number, style: Style): string {
  const changes = result.changes ?? []
  const nameOf = namesIn(changes)
  const lines = changes.map((change) => lineOf(change, nameOf, style))
  const left = result.omittedChanges ?? 0
  const blocks = [
    style.paint('strong', wrap(verdictLine(result), style.width, '  ')),
    ...(count === 0 ? [] : [lines.join('\n')]),
    ...(left === 0 ? [] : [`${left} more changes are not shown; --limit 0 shows all`]),
    ...result.notes.map(({ message }) => wrap(`note: ${message}`, style.width, '  ')),
    ...(result.incomplete ? [style.paint('mixed', wrap(INCOMPLETE, style.width, '  '))] : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function lineOf(
  change: ChangeResult,
  nameOf: (change: ChangeResult, end: 'from' | 'to') => string,
  style: Style,
): string {
  const { opened, closed, family, certainty } = change
  const parts = [
    ...(opened.length === 0 ? [] : [style.paint('bad', `+ ${portsList(opened)}`)]),
    ...(closed.length === 0 ? [] : [style.paint('good', `- ${portsList(closed)}`)]),
  ]
  const over = family === undefined ? '' : ` over ${family}`
  const doubt = certainty === undefined ? '' : ` (${certainty})`
  // A line of addresses that is wrapped could begin with `::`, a command to a CI
  return `  ${nameOf(change, 'from')} -> ${nameOf(change, 'to')}  ${parts.join('  ')}${over}${doubt}`
}

function namesIn(changes: readonly ChangeResult[]): (change: ChangeResult, end: 'from' | 'to') => string {
  const partsOf = (id: string) => {
    const [, namespace, kind] = /^([^/]+)\/([^/]+)\/./.exec(id) ?? []
    return namespace === undefined || kind === undefined ? { id, kind: '', namespace: null } : { id, kind, namespace }
  }
  const shortOf = shortIds(changes.flatMap(({ from, to }) => [partsOf(from), partsOf(to)]))
  return (change, end) => {
    const id = change[end]
    return change.cidrs !== undefined && id === 'external' ? `${id} (${cidrsText(change.cidrs)})` : shortOf(partsOf(id))
  }
}
