import { contentStart, isItems, startOf, type YamlNode, type YamlTree } from './yaml-node.js'

/** Something in the layout of a document that js-yaml lets pass. */
export interface StructureFault {
  readonly offset: number
  readonly message: string
  readonly help: string
}

/** A line that has a tab before its content, or between the dash of a list item and its content. */
const LEADING_TAB = /^(?: *[-?:](?=[ \t]))* *\t/gm

/** Finds tabs and empty list items where kubectl's reader refuses the document or reads another one. */
export function structureFaults(tree: YamlTree): readonly StructureFault[] {
  return [...(tree.text.includes('\t') ? tabFaults(tree) : []), ...tree.nodes.flatMap((node) => dashFaults(tree, node))]
}

function tabFaults({ text, nodes }: YamlTree): StructureFault[] {
  const tabs = [...text.matchAll(LEADING_TAB)].map((match) => match.index + match[0].length - 1)
  if (tabs.length === 0) return []
  const harmless = new Set<number>()
  const folded = new Set<number>()
  for (const node of nodes) {
    const start = contentStart(text, node)
    const marks = /['"|>[{]/.test(text.charAt(start)) ? harmless : node.kind === 'scalar' ? folded : null
    for (let at = firstAfter(tabs, start); marks !== null && at < tabs.length; at += 1) {
      const tab = tabs[at] ?? 0
      if (tab >= node.close) break
      marks.add(tab)
    }
  }
  return tabs
    .filter((tab) => folded.has(tab) || !harmless.has(tab))
    .map((offset) => ({
      offset,
      message: 'found a tab before the content of the line, expected spaces',
      help: 'YAML is indented with spaces only',
    }))
}

function firstAfter(sorted: readonly number[], offset: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** After an empty item js-yaml goes on with the list at whatever dash comes next. */
function dashFaults({ text, nodes }: YamlTree, node: YamlNode): StructureFault[] {
  if (node.kind !== 'sequence' || !isItems(node.content) || !node.content.includes(null)) return []
  const first = contentStart(text, node)
  let dash = first
  for (const item of node.content) {
    if (columnOf(text, dash) !== columnOf(text, first)) {
      const message = 'the list goes on at another indentation after an empty item'
      return [{ offset: dash, message, help: 'write `null` for the empty item' }]
    }
    dash = startOf(text, typeof item === 'number' ? (nodes[item]?.close ?? dash) : dash + 1)
  }
  return []
}

function columnOf(text: string, offset: number): number {
  return offset - Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1))
}
