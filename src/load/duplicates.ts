import type { Diagnostic } from '../model/diagnostic.js'
import type { ReadObject } from './document.js'

/** The objects without those that stand twice, and an error for each pair that differs (B-11). */
export function mergeDuplicates(objects: readonly ReadObject[]): {
  readonly objects: readonly ReadObject[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const first = new Map<string, ReadObject>()
  const diagnostics: Diagnostic[] = []
  for (const object of objects) {
    const known = first.get(object.name)
    if (known === undefined) first.set(object.name, object)
    else if (fingerprint(known.decoded) !== fingerprint(object.decoded)) diagnostics.push(conflict(known, object))
  }
  return { objects: [...first.values()], diagnostics }
}

function conflict(known: ReadObject, again: ReadObject): Diagnostic {
  const [before, place] = [known.source.locate([]), again.source.locate([])]
  const at = `${known.source.file ?? ''}:${before?.line ?? 1}:${before?.column ?? 1}`
  return {
    code: 'NP025',
    severity: 'error',
    message: `the object already stands at ${at}, with different content`,
    help: `several overlays loaded? read only one of them, such as -f ${known.source.file ?? ''}`,
    object: again.name,
    path: null,
    file: again.source.file,
    line: place?.line ?? null,
    column: place?.column ?? null,
  }
}

/** The content of an object as text: key order and where it was read do not count. */
function fingerprint(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'source') return undefined
    if (typeof part === 'bigint') return part.toString()
    if (part instanceof Map) return [...part].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    return part
  })
}
