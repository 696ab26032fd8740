import type { Position } from '../../model/source.js'
import { positionsIn } from '../text/position.js'
import type { TextProblem } from '../text/syntax-problem.js'
import { compose } from './parse-yaml.js'
import { isItems, isPairs, nodeOf, pairsOf, startOf, type YamlTree } from './node.js'

/** A value of one of our own files, with the place where it stands. */
export type OwnNode = { readonly place: Position } & (
  | { readonly scalar: null | boolean | number | string }
  | { readonly items: readonly OwnNode[] }
  | { readonly entries: ReadonlyMap<string, OwnEntry> }
)

/** A member of a mapping. */
export interface OwnEntry {
  readonly keyPlace: Position
  readonly value: OwnNode
}

const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/**
 * Reads one of our own files by the core rules of YAML 1.2, so that `on` and `y` stay text. Data only: tags, anchors and
 * merge keys are refused, and so is a key that stands twice.
 */
export function parseOwnYaml(text: string): { readonly root: OwnNode } | { readonly problem: TextProblem } {
  const tree = compose(text)
  if (!('nodes' in tree)) return { problem: tree }
  const problems: TextProblem[] = []
  const placeAt = positionsIn(text)
  const refuse = (offset: number, message: string) => {
    problems.push({ code: 'NP003', severity: 'error', message, help: null, position: placeAt(offset) })
  }
  const root = nodeFrom(tree, tree.root, 0, { placeAt, refuse })
  const [problem] = problems
  return problem === undefined ? { root } : { problem }
}

/** Where an offset is, and what is done about what our files must not hold. */
interface Reading {
  readonly placeAt: (offset: number) => Position
  readonly refuse: (offset: number, message: string) => void
}

function nodeFrom(tree: YamlTree, number: number | null, fallback: number, reading: Reading): OwnNode {
  const { text } = tree
  const { placeAt, refuse } = reading
  if (number === null) return { place: placeAt(startOf(text, fallback)), scalar: null }
  const { open, kind, tag, content, anchored } = nodeOf(tree, number)
  const start = startOf(text, open)
  const place = placeAt(start)
  if (kind === 'alias' || anchored) refuse(start, 'anchors and aliases have no place in this file')
  else if (tag !== null && tag !== '?') refuse(start, 'tags have no place in this file')
  else if (isItems(content)) {
    const items = content.map((item) => {
      if (isPairs(item)) refuse(start, 'a list item such as `[key: value]` needs braces')
      return nodeFrom(tree, isPairs(item) ? null : item, start, reading)
    })
    return { place, items }
  } else if (isPairs(content)) {
    const entries = new Map<string, OwnEntry>()
    for (const [keyNumber, valueNumber] of pairsOf(content)) {
      const key = nodeOf(tree, keyNumber)
      const at = startOf(text, key.open)
      const name = typeof key.content === 'string' ? key.content : ''
      if (typeof key.content !== 'string' || key.anchored) refuse(at, 'a key must be plain text')
      if (entries.has(name)) refuse(at, `duplicate key \`${name}\``)
      entries.set(name, { keyPlace: placeAt(at), value: nodeFrom(tree, valueNumber, at, reading) })
    }
    return { place, entries }
  } else if (typeof content === 'string') return { place, scalar: tag === '?' ? coreScalar(content) : content }
  return { place, scalar: null }
}

/** What a plain scalar means in YAML 1.2. */
function coreScalar(raw: string): null | boolean | number | string {
  if (/^(?:~|null|Null|NULL|)$/.test(raw)) return null
  if (/^(?:true|True|TRUE)$/.test(raw)) return true
  if (/^(?:false|False|FALSE)$/.test(raw)) return false
  return INTEGER.test(raw) || FLOAT.test(raw) ? Number(raw) : raw
}
