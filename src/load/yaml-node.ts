/**
 * A node of a YAML document as it is written, before scalars get their meaning.
 *
 * js-yaml stores every node's number in the place of its value, so keys keep their order and their nodes, and two keys
 * that read alike stay two.
 */
export interface YamlNode {
  /** Where the parser began to look for the node: blanks, comments, anchor and tag may stand before its content. */
  readonly open: number
  readonly close: number
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias' | 'empty'
  /** The tag, `?` for a plain scalar without one, or null. */
  readonly tag: string | null
  readonly content: Content
  /** The name of the node's own anchor, or null. */
  readonly anchor: string | null
  /** The node that an alias stands for. */
  readonly target: YamlNode | null
}

/** The text of a scalar, or the numbers of keys, values and items; null is a value that was left out. */
export type Content = string | PairNumbers | readonly (number | PairNumbers | null)[] | null

/** Keys and values of a mapping by number. */
export interface PairNumbers {
  readonly [key: number]: number | null
}

/** All nodes of a document by number. */
export interface YamlTree {
  readonly text: string
  readonly nodes: readonly YamlNode[]
  readonly root: YamlNode | null
}
