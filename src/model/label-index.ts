import { needsLabel, type Labels, type Selector } from './labels.js'

/**
 * Finds what may meet a selector, by the first requirement that a label must be there: nobody else can. Null where a selector
 * has no such requirement.
 */
export function labelIndex<Item>(
  items: Iterable<Item>,
  labelsOf: (item: Item) => Labels,
): (selector: Selector) => readonly Item[] | null {
  const byLabel = new Map<string, Map<string, Item[]>>()
  for (const item of items) {
    for (const [key, value] of labelsOf(item)) {
      const values = byLabel.get(key) ?? new Map<string, Item[]>()
      byLabel.set(key, values)
      const same = values.get(value)
      if (same === undefined) values.set(value, [item])
      else same.push(item)
    }
  }
  return ({ requirements }) => {
    const positive = requirements.find(needsLabel)
    if (positive === undefined) return null
    const values = byLabel.get(positive.key)
    if (values === undefined) return []
    return positive.operator === 'Exists'
      ? [...values.values()].flat()
      : [...new Set(positive.values)].flatMap((value) => values.get(value) ?? [])
  }
}
