import { asList, isBlank, type Field } from './fields.js'
import { refusal, shortPath } from './problem.js'

/** The items of a list of a policy of the cluster; too many are reported, and still read (C-34). */
export function boundedList(field: Field, most: number): readonly Field[] {
  const items = asList(field)
  if (items.length > most) {
    const message = `${shortPath(field.path)}: Too many: ${items.length}: must have at most ${most} items`
    field.report({ code: 'NP045', severity: 'error', path: field.path, at: 'value', message, help: null })
  }
  return items
}

/** The same of a list that must be there and have items (C-36). */
export function filledList(field: Field, most: number, help: string): readonly Field[] {
  if (isBlank(field)) field.report(refusal('NP047', field.path, 'Required value', 'must have at least 1 item', help))
  return presentList(field, most, help)
}

/** The same of a list that may be left out, but not be empty (C-36). */
export function presentList(field: Field, most: number, help: string): readonly Field[] {
  const items = boundedList(field, most)
  if (Array.isArray(field.value) && items.length === 0)
    field.report(refusal('NP047', field.path, { invalid: '[]' }, 'should have at least 1 items', help))
  return items
}
