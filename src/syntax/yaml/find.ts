import { once } from '../../model/once.js'
import type { Path } from '../../model/source.js'
import type { Place } from '../text/place.js'
import { isMergeKey, keyOf } from './keys.js'
import {
  contentStart,
  dashesOf,
  isItems,
  isPairs,
  nodeOf,
  pairsOf,
  startOf,
  type ItemNumber,
  type PairNumbers,
  type YamlNode,
  type YamlTree,
} from './node.js'
import type { Reading } from './context.js'

/** A node on the way to a path, with its key and where it would stand if it was left out. */
interface Step {
  readonly item: ItemNumber
  readonly key: number | null
  readonly fallback: number
}

/**
 * Follows a path through a YAML document. What is written as an alias stands where the alias does, and what is inside of it
 * where that is written; a merged key stands in its mapping.
 */
export function findInYaml(reading: Reading, path: Path): Place | null {
  const { tree } = reading
  let step: Step = { item: tree.root, key: null, fallback: 0 }
  if (tree.root === null || nodeOf(tree, tree.root).kind === 'empty') return null
  let depth = 0
  for (const part of path) {
    const next = childOf(reading, step.item, part)
    if (next === null) break
    step = next
    depth += 1
  }
  return { ...placeOf(tree, step), depth }
}

function childOf(reading: Reading, item: ItemNumber, part: string | number): Step | null {
  const { tree } = reading
  if (isPairs(item)) return memberOf(reading, item, String(part))
  const node = item === null ? null : written(tree, item)
  if (node === null) return null
  if (isPairs(node.content)) return memberOf(reading, node.content, String(part))
  const child = isItems(node.content) && typeof part === 'number' ? node.content[part] : undefined
  if (child === undefined) return null
  return {
    item: child,
    key: null,
    fallback: child === null ? (dashes(reading)(node)[Number(part)] ?? node.open) : node.open,
  }
}

/** Many messages may be about the empty items of one list. */
const dashes = once(({ tree }: Reading) => once((list: YamlNode) => dashesOf(tree, list)))

/** What a mapping holds by name: many messages may ask for the places of one. */
interface Members {
  /** The last key of each name, which wins, and its value. */
  readonly own: ReadonlyMap<string, readonly [key: number, value: number | null]>
  readonly merged: readonly number[]
}

const known = new WeakMap<PairNumbers, Members>()

function membersOf(reading: Reading, pairs: PairNumbers): Members {
  const before = known.get(pairs)
  if (before !== undefined) return before
  const own = new Map<string, readonly [key: number, value: number | null]>()
  const merged: number[] = []
  for (const [key, value] of pairsOf(pairs)) {
    if (isMergeKey(nodeOf(reading.tree, key))) {
      if (value !== null) merged.push(value)
    } else {
      const name = keyOf(reading, key)
      if (name !== null) own.set(name, [key, value])
    }
  }
  const members = { own, merged }
  known.set(pairs, members)
  return members
}

/** A merge key comes after the mapping's own. */
function memberOf(reading: Reading, pairs: PairNumbers, name: string): Step | null {
  const { tree } = reading
  const { own, merged } = membersOf(reading, pairs)
  const found = own.get(name)
  if (found !== undefined) {
    const [number, item] = found
    const key = startOf(tree.text, nodeOf(tree, number).open)
    return { item, key, fallback: key }
  }
  for (const value of merged) {
    const node = written(tree, value)
    const sources = isItems(node.content) ? node.content : [value]
    const member = sources.map((source) => childOf(reading, source, name)).find((child) => child !== null)
    if (member !== undefined) return member
  }
  return null
}

function written(tree: YamlTree, number: number): YamlNode {
  const node = nodeOf(tree, number)
  return node.target === null ? node : nodeOf(tree, node.target)
}

function placeOf(tree: YamlTree, { item, key, fallback }: Step): Omit<Place, 'depth'> {
  const { text } = tree
  if (isPairs(item)) {
    const first = pairsOf(item)[0]
    return { key, start: first === undefined ? fallback : startOf(text, nodeOf(tree, first[0]).open), raw: null }
  }
  const own = item === null ? null : nodeOf(tree, item)
  const node = item === null ? null : written(tree, item)
  if (own === null || node === null || (node.kind === 'empty' && node.tag === null && !node.anchored)) {
    return { key, start: fallback, raw: null }
  }
  const raw = node.kind === 'scalar' ? text.slice(contentStart(text, node), node.close).trimEnd() : null
  return { key, start: startOf(text, own.open), raw }
}
