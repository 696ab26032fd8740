import type { Path } from '../../model/source.js'
import type { Place } from '../text/place.js'
import type { Value } from '../text/value.js'
import { readEveryday } from './everyday.js'

type Noted = Omit<Place, 'depth'>

/** Finds the places of a document that is read in the everyday way; null for any other. */
export function everydayFinder(text: string): ((path: Path) => Place) | null {
  const noted = new Map<object, Map<string | number, Noted>>()
  let root = 0
  const value = readEveryday(text, {
    root: (start) => (root = start),
    note: (within, part, key, start, raw) => {
      const parts = noted.get(within) ?? new Map<string | number, Noted>()
      parts.set(part, { key, start, raw })
      noted.set(within, parts)
    },
    begins: (within, part, start) => {
      const parts = noted.get(within)
      parts?.set(part, { key: parts.get(part)?.key ?? null, start, raw: null })
    },
  })
  if (value === undefined) return null
  return (path) => {
    let place: Noted = { key: null, start: root, raw: null }
    let within: Value | undefined = value
    let depth = 0
    for (const part of path) {
      if (typeof within !== 'object' || within === null) break
      const isList: boolean = Array.isArray(within)
      const name: string | number = isList ? part : String(part)
      const found = noted.get(within)?.get(name)
      if (found === undefined) break
      place = found
      within = isList ? (within as readonly Value[])[Number(part)] : (within as Readonly<Record<string, Value>>)[name]
      depth += 1
    }
    return { ...place, depth }
  }
}
