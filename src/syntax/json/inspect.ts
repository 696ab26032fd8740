import type { Position } from '../../model/source.js'
import { childrenOf, countKeys, endOfValue, skipBlanks, type JsonChild } from './scan.js'
import { placeFrom, positionAt } from '../text/position.js'
import type { ParseOptions, TextProblem } from '../text/syntax-problem.js'
import type { Value } from '../text/value.js'
import { MAX_DEPTH } from '../yaml/evaluate.js'
import { problemList } from '../yaml/context.js'

const HALF_OF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const ESCAPED_HALF = /\\u[dD][89a-fA-F]/

/** What JSON.parse lets pass and the server refuses or reads otherwise; looked for in the text only if the value tells. */
export function inspectJson(text: string, value: Value, options: ParseOptions): readonly TextProblem[] {
  if (cleanKeys(value, 0, ESCAPED_HALF.test(text)) === countKeys(text)) return []
  const { problems, report } = problemList(text)
  // Gives the end of the value, so that the text is passed once and not once for every level.
  const visit = (start: number, depth: number): number => {
    if (!/[{[]/.test(text.charAt(start))) return endOfValue(text, start)
    if (depth >= MAX_DEPTH) {
      report('NP005', start, `the document is nested more than ${MAX_DEPTH} levels deep`)
      return text.length
    }
    const first = new Map<string | number, number>()
    let end = start + 1
    for (const child of childrenOf(text, start, (value) => visit(value, depth + 1))) {
      const place = child.key ?? child.start
      const before = first.get(child.name)
      if (before === undefined) first.set(child.name, place)
      else
        report(
          'NP004',
          place,
          () => stoodBefore(child.name, placeFrom(options.origin, positionAt(text, before))),
          KEEPS_LAST,
          severityOf(options),
        )
      for (const [offset, message] of faultsOf(text, child)) report('NP006', offset, message)
      end = child.end
    }
    return skipBlanks(text, end) + 1
  }
  visit(skipBlanks(text, 0), 0)
  return problems
}

/** How many keys a value has, or NaN if anything in it needs a look. */
function cleanKeys(value: Value, depth: number, halves: boolean): number {
  if (typeof value === 'string') return halves && HALF_OF_PAIR.test(value) ? NaN : 0
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : NaN
  if (value === null || typeof value === 'boolean') return 0
  if (depth >= MAX_DEPTH) return NaN
  if (Array.isArray(value))
    return value.reduce<number>((keys, item: Value) => keys + cleanKeys(item, depth + 1, halves), 0)
  let keys = 0
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__' || (halves && HALF_OF_PAIR.test(key))) return NaN
    keys += 1 + cleanKeys(child, depth + 1, halves)
  }
  return keys
}

const KEEPS_LAST = 'kubectl would silently keep the last; remove one'

function severityOf({ duplicateKeys }: ParseOptions): 'error' | 'warning' {
  return duplicateKeys === 'last' ? 'warning' : 'error'
}

function stoodBefore(name: string | number, { line, column }: Position): string {
  return `duplicate key \`${name}\`, first at line ${line}, column ${column} of the document`
}

function faultsOf(text: string, child: JsonChild): readonly (readonly [offset: number, message: string])[] {
  const key = child.key ?? child.start
  const written = text.slice(child.start, child.end)
  const half = `the escape of half a character is replaced by Kubernetes`
  return [
    ...(child.name === '__proto__' ? [[key, 'the key `__proto__` is not allowed'] as const] : []),
    ...(typeof child.name === 'string' && HALF_OF_PAIR.test(child.name) ? [[key, half] as const] : []),
    ...(isHalf(written) ? [[child.start, half] as const] : []),
    ...(isTooLarge(written)
      ? [[child.start, `found \`${written.slice(0, 20)}\`, expected a number of 64 bits`] as const]
      : []),
  ]
}

function isHalf(written: string): boolean {
  return written.startsWith('"') && ESCAPED_HALF.test(written) && HALF_OF_PAIR.test(String(JSON.parse(written)))
}

function isTooLarge(written: string): boolean {
  return /^[-0-9]/.test(written) && !Number.isFinite(Number(written))
}
