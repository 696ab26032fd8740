import type { Path, Position } from '../model/source.js'
import { positionAt } from './text-position.js'
import { compose } from './yaml.js'
import { contentStart, isItems, isPairs, nodeOf, pairsOf, startOf, type YamlTree } from './yaml-node.js'

/** Where the value at a path stands in a document's text: the nearest ancestor that is written down, null for no text. */
export function locate(text: string, path: Path): Position | null {
  const found = walk(text, path)
  return found === null ? null : positionAt(text, found.value)
}

/** Where the key stands that ends a path; the value where there is no key. */
export function locateKey(text: string, path: Path): Position | null {
  const found = walk(text, path)
  return found === null ? null : positionAt(text, found.key ?? found.value)
}

/** The scalar at a path as it is written, or null. */
export function rawAt(text: string, path: Path): string | null {
  const found = walk(text, path)
  return found === null || !found.complete ? null : found.raw
}

interface Found {
  readonly key: number | null
  readonly value: number
  readonly raw: string | null
  /** Whether the path was followed to its end. */
  readonly complete: boolean
}

/** Parses the text again and follows the path; JSON is YAML enough for that. */
function walk(text: string, path: Path): Found | null {
  const tree = compose(text)
  if (!('nodes' in tree) || tree.root === null) return null
  let number: number = tree.root
  let key: number | null = null
  for (const [depth, part] of path.entries()) {
    const next = step(tree, number, part)
    if (next === null) return found(tree, number, key, false)
    key = next.key === null ? null : startOf(text, nodeOf(tree, next.key).open)
    if (next.value === null) return { key, value: key ?? 0, raw: null, complete: depth === path.length - 1 }
    number = next.value
  }
  return found(tree, number, key, true)
}

function found(tree: YamlTree, number: number, key: number | null, complete: boolean): Found {
  const { text } = tree
  const node = nodeOf(tree, number)
  const blank = node.kind === 'empty'
  const value = blank && key !== null ? key : contentStart(text, node)
  return {
    key,
    value,
    raw: node.kind === 'scalar' ? text.slice(contentStart(text, node), node.close).trim() : null,
    complete,
  }
}

function step(
  tree: YamlTree,
  from: number,
  part: string | number,
): { readonly key: number | null; readonly value: number | null } | null {
  const start = nodeOf(tree, from)
  const { content } = start.kind === 'alias' && start.target !== null ? nodeOf(tree, start.target) : start
  if (typeof part === 'number') {
    const item = isItems(content) ? content[part] : undefined
    return typeof item === 'number' ? { key: null, value: item } : null
  }
  if (!isPairs(content)) return null
  const pair = pairsOf(content).findLast(([key]) => nodeOf(tree, key).content === part)
  return pair === undefined ? null : { key: pair[0], value: pair[1] }
}
