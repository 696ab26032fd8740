import { isUsedKind, mentionsUsedKind } from './kinds.js'
import type { Value } from './value.js'

/** What is wrong with a document as a whole. */
export interface ShapeFault {
  readonly message: string
  readonly help: string
}

/** Why a document is no object where one must be meant; null for mappings, and for texts and lists of something else (D-22). */
export function shapeFault(value: Exclude<Value, null>, text: string): ShapeFault | null {
  if (Array.isArray(value)) {
    const help = 'separate the items with `---`, or make them the `items` of a `kind: List`'
    return value.some(isUsedObject) ? { message: 'the document must be one object, found a list', help } : null
  }
  if (typeof value === 'object') return null
  const help = text.startsWith('$ANSIBLE_VAULT;')
    ? 'it is an Ansible vault file: decrypt it first'
    : text.startsWith('version https://git-lfs.github.com/spec/')
      ? 'it is a git-lfs pointer: git lfs pull brings the file'
      : mentionsUsedKind(text)
        ? 'a manifest is a mapping with apiVersion, kind and metadata'
        : null
  return help === null ? null : { message: `the document must be one object, found a ${typeof value}`, help }
}

/** Whether a mapping without a kind was meant to be a Kubernetes object: nothing else has these two. */
export function looksLikeObject(value: Readonly<Record<string, Value>>): boolean {
  return ['metadata', 'spec'].every((key) => Object.hasOwn(value, key) && typeof value[key] === 'object')
}

/** Why a list of objects cannot be read item by item, and the path that shows it; null for one that can. */
export function listFault(
  value: Readonly<Record<string, Value>>,
): { readonly path: string; readonly detail: string } | null {
  const items = Object.hasOwn(value, 'items') ? value['items'] : undefined
  const odd = Object.keys(value).find((key) => key !== 'items' && key.toLowerCase() === 'items')
  if (odd !== undefined) return { path: odd, detail: 'the items of a list stand under `items`' }
  if (items === undefined || items === null) return null
  if (!Array.isArray(items)) return { path: 'items', detail: 'must be a list' }
  const list: readonly Value[] = items
  const bad = list.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item))
  return bad < 0 ? null : { path: `items[${bad}]`, detail: 'must be an object' }
}

function isUsedObject(value: Value): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { kind, apiVersion } = value as Readonly<Record<string, Value>>
  return typeof kind === 'string' && isUsedKind(kind) && typeof apiVersion === 'string'
}

/** What a kustomization can say without changing what the objects mean for policies. */
const HARMLESS_KEYS: ReadonlySet<string> = new Set(
  'apiVersion kind metadata resources bases crds images configMapGenerator secretGenerator generatorOptions commonAnnotations openapi sortOptions buildMetadata'.split(
    ' ',
  ),
)

/** Whether building a kustomization would change names, namespaces, labels or contents of the objects around it (D-26). */
export function changesObjects(kustomization: Readonly<Record<string, Value>>): boolean {
  return Object.keys(kustomization).some((key) => !HARMLESS_KEYS.has(key))
}
