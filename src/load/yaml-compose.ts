import { startOf, type YamlNode, type YamlTree } from './yaml-node.js'

/** What js-yaml knows of a node when it has been read. */
export interface ParserState {
  readonly position: number
  readonly kind: 'scalar' | 'mapping' | 'sequence' | null
  readonly tag: string | null
  readonly anchor: string | null
  /** What was read: text, items, values, or a node that was read before. */
  readonly result: unknown
}

interface Composer {
  readonly open: (position: number) => void
  /** Takes what was read and gives the node that stands for it from now on. */
  readonly close: (state: ParserState) => YamlNode
  readonly treeOf: (root: unknown) => YamlTree
}

const ANCHOR_NAME = /^[\w-]+$/
const MERGE_TAG = 'tag:yaml.org,2002:merge'
const NONE: readonly never[] = []

/** A node that js-yaml can use as a key: the text that it becomes is its index among the keys of its mapping. */
class ParsedNode implements YamlNode {
  constructor(
    readonly open: number,
    readonly close: number,
    readonly kind: YamlNode['kind'],
    readonly tag: string | null,
    readonly anchored: boolean,
    readonly text: string | null,
    readonly keys: readonly YamlNode[],
    readonly values: YamlNode['values'],
    readonly length: number,
    readonly target: YamlNode | null,
    private readonly store: (key: YamlNode) => string,
  ) {}

  /** js-yaml takes a plain object for a key that it cannot use. */
  get [Symbol.toStringTag](): string {
    return 'Node'
  }

  toString(): string {
    return this.store(this)
  }
}
