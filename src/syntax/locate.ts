import { lazy } from '../model/once.js'
import { latest } from '../model/recent.js'
import type { Path, Position } from '../model/source.js'
import { isJson } from './json/parse-json.js'
import { childrenOf, skipBlanks, type JsonChild } from './json/scan.js'
import type { Place } from './text/place.js'
import { positionsIn } from './text/position.js'
import { everydayFinder } from './yaml/everyday-find.js'
import { createReading } from './yaml/evaluate.js'
import { findInYaml } from './yaml/find.js'
import { compose } from './yaml/parse-yaml.js'

/** Where the value at a path stands within the text of its document, or the nearest ancestor that is written down. */
export function locate(text: string, path: Path): Position | null {
  const { find, positionOf } = finderOf(text)
  const place = find(path)
  return place === null ? null : positionOf()(place.start)
}

/** Where the key that ends a path stands, or the nearest ancestor that is written down. */
export function locateKey(text: string, path: Path): Position | null {
  const { find, positionOf } = finderOf(text)
  const place = find(path)
  if (place === null) return null
  return positionOf()(place.depth === path.length ? (place.key ?? place.start) : place.start)
}

/** How the scalar at a path is written, with its quotes; null where there is none. */
export function rawAt(text: string, path: Path): string | null {
  const place = finderOf(text).find(path)
  return place?.depth === path.length ? place.raw : null
}

type Finder = (path: Path) => Place | null

/** The messages about a document come one after another: its text is parsed once more for all of them, not for each. */
const finderOf = latest((text: string) => ({ find: createFinder(text), positionOf: lazy(() => positionsIn(text)) }))

function createFinder(text: string): Finder {
  if (/^\s*[{[]/.test(text) && isJson(text)) return jsonFinder(text)
  const everyday = everydayFinder(text)
  if (everyday !== null) return everyday
  const tree = compose(text)
  if (!('nodes' in tree)) return () => null
  const reading = { ...createReading(tree, { duplicateKeys: 'last' }), report: () => undefined }
  return (path) => findInYaml(reading, path)
}

function jsonFinder(text: string): Finder {
  const known = new Map<number, ReadonlyMap<string | number, JsonChild>>()
  const members = (start: number): ReadonlyMap<string | number, JsonChild> => {
    const children = known.get(start) ?? new Map([...childrenOf(text, start)].map((child) => [child.name, child]))
    known.set(start, children)
    return children
  }
  return (path) => {
    const start = skipBlanks(text, 0)
    let found: Omit<JsonChild, 'name'> = { key: null, start, end: text.trimEnd().length }
    let depth = 0
    for (const part of path) {
      const child = members(found.start).get(part)
      if (child === undefined) break
      found = child
      depth += 1
    }
    const raw = text.slice(found.start, found.end)
    return { key: found.key, start: found.start, raw: /^[{[]/.test(raw) ? null : raw, depth }
  }
}
