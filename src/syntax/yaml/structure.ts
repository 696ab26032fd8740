import { columnAt } from '../text/position.js'
import { contentStart, dashesOf, isItems, startOf, type YamlNode, type YamlTree } from './node.js'
import { refusedTabs } from './tabs.js'

/** Something in the layout of a document that js-yaml lets pass and kubectl's reader does not. */
export interface StructureFault {
  readonly offset: number
  readonly message: string
  readonly help: string
}

/** Finds where kubectl's reader refuses a document, or reads another one than js-yaml. */
export function structureFaults(tree: YamlTree): readonly StructureFault[] {
  const { text } = tree
  const faults: StructureFault[] = refusedTabs(tree).map((offset) => ({
    offset,
    message: 'found a tab before the content of the line, expected spaces',
    help: 'YAML is indented with spaces only',
  }))
  let brackets = text.length
  // Backwards, so that the brackets come before what stands between them.
  for (const node of tree.nodes.toReversed()) {
    const inBrackets = node.open > brackets
    if (!inBrackets && isFlow(text, node)) brackets = contentStart(text, node)
    if (inBrackets && isLooselyPlain(text, node)) {
      const message = 'YAML readers differ in what they read here'
      faults.push({
        offset: startOf(text, node.open),
        message,
        help: 'quote the text, and put a blank after every `:`',
      })
    }
    const next = inBrackets ? null : runOn(text, node)
    if (next !== null) {
      const help = 'put what follows on a line of its own'
      faults.push({ offset: next, message: 'expected the end of the line here', help })
    }
    const dash = strayDash(tree, node)
    if (dash !== null) {
      const message = 'the list goes on at another indentation after an empty item'
      faults.push({ offset: dash, message, help: 'write `null` for the empty item' })
    }
  }
  return faults
}

function isFlow(text: string, node: YamlNode): boolean {
  if (node.kind !== 'mapping' && node.kind !== 'sequence') return false
  const first = text.charAt(contentStart(text, node))
  return first === '[' || first === '{'
}

/** Inside brackets kubectl's reader ends plain text at `?`, takes a `:` before it for a value, and one before `]` for text. */
function isLooselyPlain(text: string, node: YamlNode): boolean {
  if (node.tag === null || node.kind !== 'scalar' || typeof node.content !== 'string') return false
  if (node.tag !== '?' && /["']/.test(text.charAt(contentStart(text, node)))) return false
  const endsInColon = text.startsWith(':', node.close) && /[,[\]{}]/.test(text.charAt(node.close + 1))
  const next = startOf(text, node.close)
  const colonOnNextLine = text.startsWith(':', next) && /[\r\n]/.test(text.slice(node.close, next))
  return node.content.includes('?') || node.content.startsWith(':') || endsInColon || colonOnNextLine
}

/** What stands on the line on which a quoted scalar or brackets end: after several lines js-yaml takes it for an entry. */
function runOn(text: string, { open, close }: YamlNode): number | null {
  const last = text.charCodeAt(close - 1)
  if (last !== 0x22 && last !== 0x27 && last !== 0x5d && last !== 0x7d) return null
  let at = close
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at += 1
  if (at >= text.length || '\r\n#'.includes(text.charAt(at))) return null
  const isKey = text.startsWith(':', at) && /^\s?$/.test(text.charAt(at + 1))
  return isKey && !/[\r\n]/.test(text.slice(open, close)) ? null : at
}

/** After an empty item js-yaml goes on with the list at whatever dash comes next. */
function strayDash(tree: YamlTree, node: YamlNode): number | null {
  if (node.kind !== 'sequence' || !isItems(node.content) || !node.content.includes(null)) return null
  const dashes = dashesOf(tree, node)
  const column = columnAt(tree.text, dashes[0] ?? 0)
  return dashes.find((dash) => columnAt(tree.text, dash) !== column) ?? null
}
