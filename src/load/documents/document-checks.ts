import type { Code } from '../../codes/entries.js'
import { isIndispensable, isGroupOfPolicies, isUsedKind, mentionsUsedKind } from '../kinds/kinds.js'
import { refusal, type Problem } from '../decode/problem.js'
import type { Value } from '../../syntax/text/value.js'

/** What is wrong with a document as a whole. */
export interface ShapeFault {
  readonly code: Code
  readonly message: string
  readonly help: string
  /** An answer without it is worth having: the document is encrypted, and no policy as far as it shows. */
  readonly isDispensable?: true
}

/** Why a document is not an object where one must be meant; null for mappings, and for texts and lists of something else (D-22). */
export function shapeFault(value: Exclude<Value, null>, text: string): ShapeFault | null {
  if (Array.isArray(value)) {
    const help = 'separate the items with `---`, or make them the `items` of a `kind: List`'
    return value.some(isUsedObject) ? wrong('the document must be one object, found a list', help) : null
  }
  if (typeof value === 'object') {
    const mapping = value as Readonly<Record<string, Value>>
    return encryptionFault(mapping) ?? listFault(mapping)
  }
  const help = 'a manifest is a mapping with apiVersion, kind and metadata'
  return mentionsUsedKind(text) ? wrong(`the document must be one object, found a ${typeof value}`, help) : null
}

function wrong(message: string, help: string): ShapeFault {
  return { code: 'NP009', message, help }
}

/** Why an item of a list is not an object; such an item must not vanish. */
export function itemFault(value: Value): ShapeFault | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong('an item of a list must be an object', 'a list looks like `items: [{apiVersion: v1, kind: Pod, …}]`')
  }
  return shapeFault(value, '')
}

/** SOPS hides values: of an object that is used, or even of its kind. Secrets may stay encrypted (NP029). */
function encryptionFault({ kind, sops }: Readonly<Record<string, Value>>): ShapeFault | null {
  const isEncrypted = typeof sops === 'object' && sops !== null && Object.hasOwn(sops, 'mac')
  if (!isEncrypted || typeof kind !== 'string') return null
  const matters = kind.startsWith('ENC[') || isUsedKind(kind.replace(/List$/, ''))
  const help = 'decrypt it and pipe it in: sops decrypt FILE | netpol-sim … -f -'
  if (!matters) return null
  const fault = { code: 'NP029', message: 'the document is encrypted with SOPS', help } as const
  return isIndispensable(kind) ? fault : { ...fault, isDispensable: true }
}

/** What is wrong with a list that is an item of another. */
export const LIST_IN_LIST: Problem = {
  code: 'NP009',
  severity: 'error',
  path: [],
  at: 'value',
  message: 'a list stands in another list: kubectl refuses both',
  help: 'make its items the items of the outer list',
}

/** What is wrong with a mapping without a kind: nothing, unless it was meant to be an object or a list of them. */
export function withoutKind(apiVersion: string | null, value: Readonly<Record<string, Value>>): Problem | null {
  if (isGroupOfPolicies(apiVersion) || looksLikeObject(value)) {
    return refusal('NP010', ['kind'], 'Required value', 'a Kubernetes object needs a kind')
  }
  const items = Object.hasOwn(value, 'items') ? value['items'] : undefined
  if (!Array.isArray(items) || !items.some(isListedObject)) return null
  return refusal('NP010', ['kind'], 'Required value', 'a list of Kubernetes objects needs a kind', 'write `kind: List`')
}

/** Whether a mapping without a kind was meant to be a Kubernetes object: nothing else has these two. */
function looksLikeObject(value: Readonly<Record<string, Value>>): boolean {
  return ['metadata', 'spec'].every((key) => holdsNode(value, key))
}

/** Values of charts have lists of items, too, even of references to objects: those have a name and nothing in them. */
function isListedObject(item: Value): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const value = item as Readonly<Record<string, Value>>
  if (looksLikeObject(value)) return true
  const saysWhatItIs = ['kind', 'apiVersion'].every(
    (key) => Object.hasOwn(value, key) && typeof value[key] === 'string',
  )
  return saysWhatItIs && ['metadata', 'spec', 'items'].some((key) => holdsNode(value, key))
}

function holdsNode(value: Readonly<Record<string, Value>>, key: string): boolean {
  return Object.hasOwn(value, key) && typeof value[key] === 'object'
}

/**
 * Why the items of a list cannot be read one by one; an item that is not an object must not vanish. Whatever has `items` is a
 * list to kubectl, and nothing else.
 */
function listFault(value: Readonly<Record<string, Value>>): ShapeFault | null {
  const { kind } = value
  if (typeof kind !== 'string') return null
  const help = 'a list looks like `items: [{apiVersion: v1, kind: Pod, …}]`'
  if (isUsedKind(kind) && Object.hasOwn(value, 'items')) {
    return wrong(`kubectl takes a ${kind} with \`items\` for a list, and reads nothing else of it`, 'remove `items`')
  }
  const isNamedList = kind.endsWith('List')
  if (isNamedList && Object.keys(value).some((key) => key !== 'items' && key.toLowerCase() === 'items')) {
    return wrong('the items of a list must be under `items`', help)
  }
  const items = Object.hasOwn(value, 'items') ? value['items'] : undefined
  if (items === undefined || items === null) return null
  if (!Array.isArray(items)) return isNamedList ? wrong('`items` must be a list', help) : null
  const list: readonly Value[] = items
  if (!isNamedList && !list.some(isUsedObject)) return null
  const bad = list.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item))
  return bad < 0 ? null : wrong(`items[${bad}] must be an object`, help)
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
