import { shorten } from '../../model/shorten.js'
import { formatPath, type Path, type Position } from '../../model/source.js'
import type { TextDocument } from './split.js'
import { labelOf, objectNameOf, objectsOf } from './manifest-object.js'
import { locateKey } from '../../syntax/locate.js'
import type { Value } from '../../syntax/text/value.js'

/** So many children of one node are looked at; more is not a manifest that people read. */
const MOST_CHILDREN = 200

/** The object and field of a key that stands twice: kubectl reads on with the last, so both can be named. */
export function ownerOfKey(
  document: TextDocument,
  file: string,
  value: Value,
  position: Position,
  defaultNamespace: string,
): { readonly object: string | null; readonly path: string | null } {
  const path = pathOfKey(document.text, value, position)
  if (path === null) return { object: null, path: null }
  const owner = objectsOf(value, document, file).find(({ base }) => base.every((part, depth) => path[depth] === part))
  if (owner?.kind == null) return { object: null, path: shorten(formatPath(path)) }
  return {
    object: shorten(labelOf(owner.kind, objectNameOf(owner.kind, owner, defaultNamespace))),
    path: shorten(formatPath(path.slice(owner.base.length))),
  }
}

/** The path of the key that stands at a place of a document: by way of whatever begins last before it. */
function pathOfKey(text: string, value: Value, position: Position): Path | null {
  let path: Path = []
  let current: Value | undefined = value
  for (;;) {
    const children = childrenOf(current)
    if (children.length > MOST_CHILDREN) return null
    const before = children
      .flatMap((name) => {
        const place = locateKey(text, [...path, name])
        return place === null || compare(place, position) > 0 ? [] : [{ name, place }]
      })
      .sort((a, b) => compare(a.place, b.place))
      .at(-1)
    if (before === undefined) return null
    path = [...path, before.name]
    if (typeof before.name === 'string' && compare(before.place, position) === 0) return path
    current = childOf(current, before.name)
  }
}

function childrenOf(value: Value | undefined): readonly (string | number)[] {
  if (typeof value !== 'object' || value === null) return []
  return Array.isArray(value) ? [...value.keys()] : Object.keys(value)
}

function childOf(value: Value | undefined, name: string | number): Value | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Value>>)[name] : undefined
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column
}
