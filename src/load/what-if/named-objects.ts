import { closest } from '../../model/closest.js'
import { workloadId, type ObjectName } from '../../model/cluster.js'
import { kindMeantBy } from '../../model/kind-words.js'
import { objectName, type ReadObject } from '../decode/decode.js'
import { rootFinder } from '../decode/owners.js'

/** What a name of a what-if flag stands for: an object, or a workload with all that makes its pods. */
export interface NamedObjects extends ObjectName {
  /** `shop/Deployment/web`; `Namespace/shop` for what has no namespace. */
  readonly id: string
  readonly objects: readonly ReadObject[]
}

/** Why a name stands for nothing, or for several things. */
export interface NoSuchObject {
  readonly problem: string
  readonly help: string | null
}

/**
 * Finds what a name stands for: `ns/Kind/name`, `Kind/ns/name`, `Kind/name` for what has no namespace, or `ns/name`. Pods are
 * called like the workload that owns them, or by their own names.
 */
export function finderIn(objects: readonly ReadObject[]): (text: string) => NamedObjects | NoSuchObject {
  const named = new Map(namedIn(objects).map((entry) => [entry.id, entry]))
  return (text) => {
    const found = [...named.values()].filter((entry) => isCalled(entry, text))
    const [only, ...others] = found
    if (only === undefined) return nothingCalled(text, [...named.keys()])
    if (others.length === 0) return only
    const ids = found.map(({ id }) => `\`${id}\``)
    return { problem: `can mean ${ids.join(' or ')}`, help: 'write it as one of these' }
  }
}

function namedIn(objects: readonly ReadObject[]): readonly NamedObjects[] {
  const rootOf = rootFinder(objects.flatMap(({ decoded }) => (decoded.is === 'workload' ? [decoded.object] : [])))
  const groups = new Map<string, { name: ObjectName; objects: ReadObject[] }>()
  const put = (name: ObjectName, object: ReadObject): void => {
    const id = idOf(name)
    const group = groups.get(id) ?? { name, objects: [] }
    group.objects.push(object)
    groups.set(id, group)
  }
  for (const object of objects) {
    const { decoded, kind } = object
    // They have the name of their Service, which is the one that is meant
    if (decoded.is === 'endpoints') continue
    const own = objectName(kind, decoded)
    put(own, object)
    if (decoded.is !== 'pod' && decoded.is !== 'workload') continue
    const root = rootOf(decoded.object)
    if (idOf(root) !== idOf(own)) put(root, object)
  }
  return [...groups].map(([id, group]) => ({ ...group.name, id, objects: group.objects }))
}

function isCalled({ kind, namespace, name }: ObjectName, text: string): boolean {
  const parts = text.split('/')
  const [first = '', second = '', third] = parts
  const isKind = (word: string): boolean => kindMeantBy(word) === kind
  if (parts.length === 3) {
    if (namespace === '' || third !== name) return false
    return (first === namespace && isKind(second)) || (second === namespace && isKind(first))
  }
  if (parts.length !== 2 || second !== name) return false
  return namespace === '' ? isKind(first) : first === namespace
}

function nothingCalled(text: string, ids: readonly string[]): NoSuchObject {
  const problem = 'matches nothing in the input'
  if (!text.includes('/'))
    return { problem, help: 'a name is `ns/Kind/name`, `ns/name`, or `Kind/name` for what has no namespace' }
  const last = text.slice(text.lastIndexOf('/') + 1)
  const alike = ids.filter((id) => id.endsWith(`/${last}`))
  const near =
    alike.length > 0
      ? alike.slice(0, 3)
      : [closest(text, ids) ?? closest(last, ids.map(nameIn))].filter((id) => id !== null)
  return { problem, help: near.length === 0 ? null : `did you mean ${near.map((id) => `\`${id}\``).join(' or ')}?` }
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

function idOf(object: ObjectName): string {
  return object.namespace === '' ? `${object.kind}/${object.name}` : workloadId(object)
}
