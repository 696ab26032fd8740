/**
 * A node of a YAML document as it is written, before scalars get their meaning.
 *
 * The parser is made to store nodes in the place of values, so keys keep their order, their places and their quotes, and
 * two keys that read alike stay two.
 */
export interface YamlNode {
  /** Where the parser began to look for the node: blanks, comments, anchor and tag may stand before its content. */
  readonly open: number
  readonly close: number
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias' | 'empty'
  /** The tag, `?` for a plain scalar without one, or null. */
  readonly tag: string | null
  /** Whether an alias may stand for this node. */
  readonly anchored: boolean
  /** The text of a scalar, without quotes. */
  readonly text: string | null
  /** The keys of a mapping, in the order in which they stand. */
  readonly keys: readonly YamlNode[]
  /** The values of a mapping by the index of their key, or the items of a list; null is one that was left out. */
  readonly values: { readonly [index: number]: YamlNode | null }
  /** How many items a list has. */
  readonly length: number
  /** The node that an alias stands for, null where that node contains the alias. */
  readonly target: YamlNode | null
}

/** The nodes of a document. */
export interface YamlTree {
  readonly text: string
  /** All nodes, each after those that it contains; some were read in vain and belong to none. */
  readonly nodes: readonly YamlNode[]
  readonly root: YamlNode | null
  /** What kubectl's reader refuses or reads otherwise, found while reading. */
  readonly faults: readonly { readonly offset: number; readonly message: string }[]
}

/** The items of a list. */
export function itemsOf(list: YamlNode): readonly (YamlNode | null)[] {
  return Array.from({ length: list.length }, (_, index) => list.values[index] ?? null)
}

/** The node itself, or the one that it stands for. */
export function writtenAs(node: YamlNode): YamlNode {
  return node.target ?? node
}

/** The first character of what is written at or after an offset: blanks, line breaks and comments are passed over. */
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
export function dashesOf(text: string, list: YamlNode): readonly number[] {
  const dashes: number[] = []
  let dash = contentStart(text, list)
  for (const item of itemsOf(list)) {
    dashes.push(dash)
    dash = startOf(text, item === null ? dash + 1 : item.close)
  }
  return dashes
}

function endOfLine(text: string, offset: number): number {
  let at = offset
  while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1
  return at
}
