import { once } from '../../model/once.js'
import { columnAt } from '../text/position.js'
import { contentStart, type YamlNode, type YamlTree } from './node.js'

/** A line that has a tab before its content, or between the dash of a list item and its content. */
const LEADING_TAB = /^(?: *[-?:](?=[ \t]))* *\t/gm

/**
 * The tabs that kubectl's reader refuses and js-yaml skips, as offsets.
 *
 * A tab before the content of a line is part of a quoted or block scalar, or blank inside brackets; a plain scalar that
 * goes on over lines takes it only where it stands deeper than the line on which the scalar began.
 */
export function refusedTabs({ text, nodes }: YamlTree): readonly number[] {
  if (!text.includes('\t')) return []
  const tabs = [...text.matchAll(LEADING_TAB)].map((match) => match.index + match[0].length - 1)
  if (tabs.length === 0) return []
  const quoted = new Set<number>()
  const inBrackets = new Set<number>()
  const brackets: (readonly [start: number, close: number])[] = []
  const folded = new Map<number, YamlNode>()
  for (const node of nodes) {
    const start = contentStart(text, node)
    const first = text.charAt(start)
    if (first === '[' || first === '{') brackets.push([start, node.close])
    else if (node.kind !== 'scalar') continue
    else if (first === '"' || first === "'") mark(tabs, start, node.close, (tab) => quoted.add(tab))
    else if (first === '|' || first === '>') mark(tabs, endOfIndent(text, start), node.close, (tab) => quoted.add(tab))
    else mark(tabs, start, endOfBlanks(text, node.close), (tab) => folded.set(tab, node))
  }
  // Brackets in brackets are closed before those around them: from the last one on, the outermost come first
  let outermost = text.length
  for (const [start, close] of brackets.reverse()) {
    if (start > outermost) continue
    mark(tabs, start, close, (tab) => inBrackets.add(tab))
    outermost = start
  }
  const indentOf = once((node: YamlNode) => indentAt(text, contentStart(text, node)))
  return tabs.filter((tab) => {
    const plain = folded.get(tab)
    if (plain === undefined) return !quoted.has(tab) && !inBrackets.has(tab)
    return inBrackets.has(tab) || columnAt(text, tab) - 1 <= indentOf(plain)
  })
}

function mark(tabs: readonly number[], from: number, to: number, note: (tab: number) => void): void {
  let low = 0
  let high = tabs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tabs[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  for (let at = low, tab = tabs[at]; tab !== undefined && tab < to; at += 1, tab = tabs[at]) note(tab)
}

/** Where a block scalar may have tabs: after the indentation of its first line, which they cannot be part of. */
function endOfIndent(text: string, start: number): number {
  const header = /^[|>]([-+]?[1-9])?[^\r\n]*(?:\r\n|\r|\n)(?: *(?:\r\n|\r|\n))* */.exec(text.slice(start))
  if (header === null || header[1] !== undefined) return start
  return start + header[0].length + 1
}

function endOfBlanks(text: string, offset: number): number {
  let at = offset
  while (/[ \t\r\n]/.test(text.charAt(at))) at += 1
  return at
}

/** How deep a line is indented, the dashes of list items included. */
function indentAt(text: string, offset: number): number {
  const line = text.slice(offset - columnAt(text, offset) + 1, offset)
  return /^(?: |[-?:](?=[ \t]))*/.exec(line)?.[0].length ?? 0
}
