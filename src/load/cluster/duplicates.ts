import type { ReadObject } from '../decode/decode.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { placeOf } from '../../model/source.js'
import { nameOf, type Decoded } from '../decode/decode.js'
import { GENERATED, type Metadata } from '../decode/metadata.js'
import { keepOneOf, type FilePair } from './overlays.js'

/** The objects without those that stand twice, and an error for each pair that differs (B-11). */
export function mergeDuplicates(objects: readonly ReadObject[]): {
  readonly objects: readonly ReadObject[]
  readonly diagnostics: readonly Diagnostic[]
  /** Objects that stand once more, with other content. */
  readonly refused: ReadonlySet<ReadObject>
  /** The files in which they stand. */
  readonly apart: readonly FilePair[]
} {
  const first = new Map<string, ReadObject>()
  const conflicts = new Map<ReadObject, Diagnostic>()
  const apart: FilePair[] = []
  for (const object of numbered(objects)) {
    const known = first.get(object.name)
    if (known === undefined) first.set(object.name, object)
    else if (fingerprint(known.decoded) !== fingerprint(object.decoded)) {
      const pair = [known.source.file ?? '', object.source.file ?? ''] as const
      conflicts.set(object, conflict(known, object, pair))
      apart.push(pair)
    }
  }
  const refused = new Set(conflicts.keys())
  return { objects: [...first.values()], diagnostics: [...conflicts.values()], refused, apart }
}

/** Gives objects with a `generateName` names that no other has: the cluster makes a new object of each (B-9). */
function numbered(objects: readonly ReadObject[]): readonly ReadObject[] {
  const taken = new Set(objects.map(({ name }) => name))
  // Where the search for a free number begins: from 1 again each time it would be quadratic.
  const next = new Map<string, number>()
  return objects.map((object) => {
    if (!object.name.endsWith(GENERATED)) return object
    const stem = object.name.slice(0, -GENERATED.length)
    let number = next.get(stem) ?? 1
    while (taken.has(`${stem}${number}`)) number++
    next.set(stem, number + 1)
    taken.add(`${stem}${number}`)
    const decoded = renamed(object.decoded, (name) => `${name.slice(0, -GENERATED.length)}${number}`)
    return { ...object, decoded, name: nameOf(object.kind, decoded) }
  })
}

function renamed(decoded: Decoded, rename: (name: string) => string): Decoded {
  switch (decoded.is) {
    case 'policy': {
      const { metadata, policy } = withName(decoded.object, rename)
      return { ...decoded, object: { metadata, policy: { ...policy, name: metadata.name } } }
    }
    case 'pod':
      return { ...decoded, object: withName(decoded.object, rename) }
    case 'workload':
      return { ...decoded, object: withName(decoded.object, rename) }
    case 'service':
      return { ...decoded, object: withName(decoded.object, rename) }
    case 'endpoints':
      return { ...decoded, object: withName(decoded.object, rename) }
    case 'namespace':
    case 'node':
      return decoded
  }
}

function withName<T extends { readonly metadata: Metadata }>(object: T, rename: (name: string) => string): T {
  return { ...object, metadata: { ...object.metadata, name: rename(object.metadata.name) } }
}

function conflict(known: ReadObject, again: ReadObject, pair: FilePair): Diagnostic {
  const before = known.source.locate([])
  const at = `${pair[0]}:${before?.line ?? 1}:${before?.column ?? 1}`
  return {
    code: 'NP025',
    severity: 'error',
    message: `already defined at ${at} with different content`,
    help: keepOneOf(pair),
    object: again.name,
    path: null,
    ...placeOf(again.source, []),
  }
}

/**
 * What verdicts rest on in an object, as text: key order, where it was read, whether it says its namespace and the labels of a
 * workload itself, whether a pod is ready, ports of its init containers and what is behind a Service do not count. Those labels of a pod stand in its template, too.
 */
export function fingerprint(decoded: Decoded): string {
  const read =
    decoded.is === 'policy'
      ? decoded.object.policy
      : decoded.is === 'service'
        ? [decoded.object.families, decoded.object.clusterAddresses]
        : decoded.is === 'endpoints'
          ? null
          : decoded.object
  return JSON.stringify(read, (key, part: unknown) => {
    if (
      key === 'source' ||
      key === 'hasNamespace' ||
      key === 'readiness' ||
      key === 'initPorts' ||
      key === 'strayLabels' ||
      key === 'jobLabels'
    )
      return undefined
    if (key === 'metadata') return { ...(part as Metadata), labels: undefined }
    if (typeof part === 'bigint') return part.toString()
    if (key === 'requirements' && Array.isArray(part)) return part.map((item) => JSON.stringify(item)).sort()
    if (part instanceof Map) return [...part].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    return part
  })
}
