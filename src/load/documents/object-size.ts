import { latest } from '../../model/recent.js'
import type { Value } from '../../syntax/text/value.js'

/** Whether a text is long enough for an object that holds more than so many values: each has two characters, but by an alias. */
export function mayHoldMoreThan(most: number, text: string): boolean {
  return text.length > 2 * most || hasAliases(text)
}

/** Each object of a list asks about the text of the list. */
const hasAliases = latest((text: string) => text.includes('*'))

/** Whether a value holds more than so many others; it looks no further than it must. */
export function holdsMoreThan(most: number, value: Value): boolean {
  return left(value, most) < 0
}

/** How many of so many values are left when those of a value are taken; below zero where there are not enough. */
function left(value: Value, most: number): number {
  if (typeof value !== 'object' || value === null) return most
  const items: readonly Value[] = Array.isArray(value) ? value : Object.values(value)
  let rest = most - items.length
  for (const item of items) {
    if (rest < 0) return rest
    rest = left(item, rest)
  }
  return rest
}
