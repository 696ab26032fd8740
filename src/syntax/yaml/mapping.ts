import { placeFrom, positionAt } from '../text/position.js'
import type { Value } from '../text/value.js'
import { isMergeKey, keyOf, sameKind } from './keys.js'
import { mergeSteps, sourcesOf, type Step } from './merge.js'
import { nodeOf, pairsOf, startOf, type PairNumbers } from './node.js'
import type { Reading } from './context.js'

/** The value of a mapping at a nesting depth, itself included. */
export function readMapping(reading: Reading, pairs: PairNumbers, start: number, depth: number): Value {
  const result: Record<string, Value> = {}
  let steps: Step[] | null = null
  let firstKeys: ReadonlyMap<string, number> | null = null
  for (const text in pairs) {
    if (reading.spent.tooMuch) break
    const number = Number(text)
    if (Number.isNaN(number)) {
      const offset = startOf(reading.tree.text, start)
      reading.report('NP003', offset, 'empty key', 'write `""` for the empty key')
      continue
    }
    const node = nodeOf(reading.tree, number)
    if (isMergeKey(node)) {
      steps ??= Object.entries(result).map(([key, value]) => ({ key, value }))
      const offset = startOf(reading.tree.text, node.open)
      steps.push({ sources: sourcesOf(reading, pairs[number] ?? null, offset, depth), offset })
      continue
    }
    const key = keyOf(reading, number)
    const value = reading.valueOf(pairs[number] ?? null, depth)
    if (key === null) continue
    if (Object.hasOwn(result, key)) {
      firstKeys ??= firstOfEach(reading, pairs)
      reportTwice(reading, key, firstKeys.get(key) ?? number, number)
    }
    result[key] = value
    steps?.push({ key, value })
  }
  return steps === null ? result : mergeSteps(reading, steps)
}

/** The first key of each text; looked up only when some key stands twice. */
function firstOfEach(reading: Reading, pairs: PairNumbers): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  const silent: Reading = { ...reading, report: () => undefined }
  for (const [number] of pairsOf(pairs)) {
    const key = keyOf(silent, number)
    if (key !== null && !first.has(key)) first.set(key, number)
  }
  return first
}

function reportTwice(reading: Reading, key: string, first: number, second: number): void {
  const { text } = reading.tree
  const offset = startOf(text, nodeOf(reading.tree, second).open)
  const message = (): string => {
    const { line, column } = placeFrom(
      reading.origin,
      positionAt(text, startOf(text, nodeOf(reading.tree, first).open)),
    )
    return `duplicate key \`${key}\`, first at line ${line}, column ${column} of the document`
  }
  // Of `1` and `"1"` kubectl keeps either, by chance.
  const severity = reading.lastKeyWins && sameKind(reading, first, second) ? 'warning' : 'error'
  reading.report('NP004', offset, message, 'kubectl would silently keep the last; remove one', severity)
}
