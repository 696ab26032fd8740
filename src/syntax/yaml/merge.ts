import type { Value } from '../text/value.js'
import { isItems, nodeOf, startOf } from './node.js'
import type { Reading } from './context.js'

type Mapping = Readonly<Record<string, Value>>

/** A step in reading a mapping: a key of its own, or a merge key with the mappings that it names. */
export type Step =
  { readonly key: string; readonly value: Value } | { readonly sources: readonly Mapping[]; readonly offset: number }

/** Merges copy, so they are bounded by what they copy: as tightly as js-yaml does. */
const MOST_MERGED = 10_000

const ORDER = 'put `<<` before the other keys, and merge every key from one place only'

/**
 * Puts a mapping with merge keys together.
 *
 * kubectl's reader lets a merge key overwrite what stands before it. The specification and most other readers let the
 * mapping's own keys win, and then the first merge that has the key. Only where both agree is there an answer.
 */
export function mergeSteps(reading: Reading, steps: readonly Step[]): Mapping {
  const inOrder = new Map<string, Value>()
  const own = new Map<string, Value>()
  for (const step of steps) {
    for (const [key, value] of 'key' in step
      ? [[step.key, step.value] as const]
      : step.sources.toReversed().flatMap(entriesOf)) {
      inOrder.set(key, value)
    }
    if ('key' in step) own.set(step.key, step.value)
  }
  const merges = steps.filter((step) => 'sources' in step)
  for (const [key, value] of merges.flatMap(({ sources }) => sources).flatMap(entriesOf)) {
    if (!own.has(key)) own.set(key, value)
  }
  const differing = [...inOrder].find(([key, value]) => own.get(key) !== value)?.[0]
  const culprit = merges.findLast(({ sources }) => sources.some((source) => Object.hasOwn(source, differing ?? '')))
  if (differing !== undefined && culprit !== undefined) {
    const message = `the merge key sets \`${differing}\` again, and YAML readers differ in which value they keep`
    reading.report('NP006', culprit.offset, message, ORDER)
  }
  return Object.fromEntries(inOrder)
}

function entriesOf(mapping: Mapping): [string, Value][] {
  return Object.entries(mapping)
}

/** The mappings that a merge key names: one, or a list of them, each written here or by alias. */
export function sourcesOf(reading: Reading, number: number | null, offset: number, depth: number): readonly Mapping[] {
  const node = number === null ? null : nodeOf(reading.tree, number)
  const numbers = node !== null && isItems(node.content) ? node.content : [number]
  return numbers.flatMap((item) => {
    const value = typeof item === 'number' ? reading.valueOf(item, depth) : null
    if (reading.spent.tooMuch) return []
    if (isMapping(value)) return affordable(reading, value, offset) ? [value] : []
    const text = reading.tree.text
    const at = typeof item === 'number' ? startOf(text, nodeOf(reading.tree, item).open) : offset
    reading.report('NP003', at, 'the merge key `<<` expects a mapping, or a list of mappings')
    return []
  })
}

function affordable({ spent, report }: Reading, source: Mapping, offset: number): boolean {
  spent.mergedKeys += Object.keys(source).length + 1
  if (spent.mergedKeys <= MOST_MERGED) return true
  if (!spent.tooMuch) report('NP005', offset, `merge keys bring in more than ${MOST_MERGED} keys`)
  spent.tooMuch = true
  return false
}

function isMapping(value: Value): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
