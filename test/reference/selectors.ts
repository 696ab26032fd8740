import { get, type Label, labels, list, text } from './json.js'

/** The value of a label; undefined when the key is absent. `about` lists the values that the question is about. */
export type Lookup = (key: string, about: readonly string[]) => string | undefined

export function labelValue(all: readonly Label[], key: string): string | undefined {
  for (const label of all) if (label.key === key) return label.value
  return undefined
}

function same(actual: string, wanted: string, hit: (id: string) => void): boolean {
  if (actual === wanted) return true
  if (actual.toLowerCase() === wanted.toLowerCase()) hit('A-34') // byte-exact, so no match
  return false
}

function oneOf(actual: string, values: readonly string[], hit: (id: string) => void): boolean {
  for (const value of values) if (same(actual, value, hit)) return true
  return false
}

function expressionMatches(expression: unknown, lookup: Lookup, hit: (id: string) => void): boolean {
  const key = text(get(expression, 'key'))
  const values = list(get(expression, 'values')).map(text)
  const actual = lookup(key, values)
  const operator = get(expression, 'operator')
  if (operator === 'In') {
    hit('A-32.In')
    return actual !== undefined && oneOf(actual, values, hit)
  }
  if (operator === 'NotIn') {
    hit(actual === undefined ? 'A-32.NotIn-absent' : 'A-32.NotIn')
    return actual === undefined || !oneOf(actual, values, hit)
  }
  if (operator === 'Exists') {
    hit(actual === '' ? 'A-32.Exists-empty' : 'A-32.Exists')
    return actual !== undefined
  }
  if (operator === 'DoesNotExist') {
    hit('A-32.DoesNotExist')
    return actual === undefined
  }
  throw new Error(`not a selector operator: ${String(operator)}`) // A-34, B-33
}

/** Absent, null, `{}` and selectors with only empty parts have no requirement. */
export function isEmptySelector(selector: unknown): boolean {
  return labels(get(selector, 'matchLabels')).length === 0 && list(get(selector, 'matchExpressions')).length === 0
}

export function selectorMatches(selector: unknown, lookup: Lookup, hit: (id: string) => void): boolean {
  let met = 0
  let missed = 0
  for (const { key, value } of labels(get(selector, 'matchLabels'))) {
    const actual = lookup(key, [value])
    hit(value === '' ? 'A-31.empty' : 'A-31')
    if (actual !== undefined && same(actual, value, hit))
      met++
    else missed++
  }
  for (const expression of list(get(selector, 'matchExpressions'))) {
    if (expressionMatches(expression, lookup, hit)) met++
    else missed++
  }
  if (met > 0 && missed > 0) hit('A-33')
  return missed === 0
}
