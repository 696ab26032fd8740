/**
 * A node of a YAML document as it is written, before scalars get their meaning.
 *
 * The parser is made to store every node's number in the place of its value, so keys keep their order and their nodes,
 * and two keys that read alike stay two.
 */
export interface YamlNode {
  /** Where the parser began to look for the node: blanks, comments, anchor and tag may stand before its content. */
  readonly open: number
  readonly close: number
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias' | 'empty'
  /** The tag, `?` for a plain scalar without one, or null. */
  readonly tag: string | null
  readonly content: Content
  /** The number of the node that an alias stands for, null where that node contains the alias. */
  readonly target: number | null
  /** Whether an alias may stand for this node. */
  readonly anchored: boolean
}

/** The text of a scalar, or the numbers of keys, values and items; null is a value that was left out. */
export type Content = string | PairNumbers | readonly ItemNumber[] | null

/** The number of a list item, null if it was left out, or the pair of `[key: value]`, which is not a node. */
export type ItemNumber = number | PairNumbers | null

/** The values of a mapping by the number of their key, both in the order in which they stand. */
export interface PairNumbers {
  readonly [key: number]: number | null
}

/** The nodes of a document by number. */
export interface YamlTree {
  readonly text: string
  readonly nodes: readonly YamlNode[]
  readonly root: number | null
  /** Where anchors and tags stand in a way that kubectl's reader refuses or reads otherwise. */
  readonly faults: readonly { readonly offset: number; readonly message: string }[]
}

/** The node of a number that a node of the same tree holds. */
export function nodeOf(tree: YamlTree, number: number): YamlNode {
  const node = tree.nodes[number]
  if (node === undefined) throw new RangeError(`no node ${number}`)
  return node
}

/** Whether the content is that of a list. */
export function isItems(content: Content): content is readonly ItemNumber[] {
  return Array.isArray(content)
}

/** Whether the content is that of a mapping. */
export function isPairs(content: Content | ItemNumber): content is PairNumbers {
  return typeof content === 'object' && content !== null && !Array.isArray(content)
}

/** The keys of a mapping with their values, as they stand. */
export function pairsOf(pairs: PairNumbers): readonly (readonly [key: number, value: number | null])[] {
  const pairsWithKeys = Object.entries(pairs).filter(([key]) => key !== 'null')
  return pairsWithKeys.map(([key, value]: [string, number | null]) => [Number(key), value])
}

/** The first character of what is written at or after an offset: blanks, line breaks and comments are skipped. */
export function startOf(text: string, offset: number): number {
  let at = offset
  for (;;) {
    const character = text.charCodeAt(at)
    if (character === 0x20 || character === 0x09 || character === 0x0a || character === 0x0d) at += 1
    else if (character === 0x23) at = endOfLine(text, at)
    else return at
  }
}

/** The first character of a node's content, after its anchor and tag. */
export function contentStart(text: string, node: YamlNode): number {
  let at = startOf(text, node.open)
  while (at < node.close && (text.startsWith('&', at) || text.startsWith('!', at))) {
    while (at < node.close && !/[\s,[\]{}]/.test(text.charAt(at))) at += 1
    at = startOf(text, at)
  }
  return at
}

/** Where the dashes of a block list stand; an item that was left out has nothing else. */
export function dashesOf({ text, nodes }: YamlTree, list: YamlNode): readonly number[] {
  const dashes: number[] = []
  let dash = contentStart(text, list)
  for (const item of isItems(list.content) ? list.content : []) {
    dashes.push(dash)
    dash = startOf(text, typeof item === 'number' ? (nodes[item]?.close ?? dash) : dash + 1)
  }
  return dashes
}

function endOfLine(text: string, offset: number): number {
  let at = offset
  while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1
  return at
}
