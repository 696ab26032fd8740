import type { Operator, Requirement, Selector } from '../../model/labels.js'
import { asList, asMap, asString, checkKeys, get, isBlank, type Field, withValue } from './fields.js'
import { readLabels } from './metadata.js'
import { checkLabelKey, checkLabelValue } from './validation.js'
import { refusal } from './problem.js'
import { selectorWithout } from './without-field.js'

const OPERATORS: ReadonlySet<string> = new Set<Operator>(['In', 'NotIn', 'Exists', 'DoesNotExist'])

const KEYS = { matchLabels: '', matchExpressions: '' }
const EXPRESSION_KEYS = {
  key: 'the expression would have no key',
  operator: 'the expression would have no operator',
  values: 'the expression would have no values',
}

/**
 * Reads a label selector; null where it is blank, which peers and subjects take differently. The labels
 * come first, then the expressions, as the API server reports them.
 */
export function readSelector(field: Field): Selector | null {
  const map = asMap(field)
  if (map === null) return null
  checkKeys(map, KEYS, selectorWithout, (key) =>
    typeof map.value[key] === 'string' && !/^match/i.test(key)
      ? `labels are one level too high: write \`matchLabels: {${key}: ${map.value[key]}}\``
      : null,
  )
  const labels = [...readLabels(get(map, 'matchLabels'))].map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  }))
  const expressions = asList(get(map, 'matchExpressions')).map(readExpression)
  return { requirements: [...labels, ...expressions.filter((expression) => expression !== null)] }
}

function readExpression(field: Field): Requirement | null {
  const map = asMap(field.value === null ? withValue(field, {}) : field)
  if (map === null) return null
  checkKeys(map, EXPRESSION_KEYS)
  const key = asString(get(map, 'key')) ?? ''
  const operator = readOperator(get(map, 'operator'))
  const values = asList(get(map, 'values')).map((item) => ({ item, value: asString(item) ?? '' }))
  const valuesPath = [...field.path, 'values']
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
    field.report(refusal('NP023', valuesPath, 'Required value', "must be specified when `operator` is 'In' or 'NotIn'"))
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    field.report(refusal('NP023', valuesPath, 'Forbidden', detail))
  }
  const badKey = checkLabelKey(key)
  if (badKey !== null) field.report(refusal('NP020', [...field.path, 'key'], { invalid: key }, badKey))
  for (const { item, value } of values) {
    const badValue = checkLabelValue(value)
    if (badValue !== null) field.report(refusal('NP021', item.path, { invalid: value }, badValue))
  }
  return operator === null ? null : { key, operator, values: values.map(({ value }) => value) }
}

function readOperator(field: Field): Operator | null {
  const text = asString(field)
  if (isOperator(text)) return text
  if (text !== null || isBlank(field)) {
    const meant = [...OPERATORS].find((operator) => operator.toLowerCase() === text?.toLowerCase())
    const help = meant === undefined ? 'the operators are In, NotIn, Exists and DoesNotExist' : `write ${meant}`
    field.report(refusal('NP022', field.path, { invalid: text ?? '' }, 'not a valid selector operator', help))
  }
  return null
}

function isOperator(text: string | null): text is Operator {
  return text !== null && OPERATORS.has(text)
}
