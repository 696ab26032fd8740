import type { Value } from '../../syntax/text/value.js'

type Mapping = Readonly<Record<string, Value>>

/** What only the API server and the controllers write. */
const OF_METADATA = ['ownerReferences', 'deletionTimestamp']

/**
 * An object as far as it is believed. What only a cluster writes (`status`, owners, the time of deletion) is believed of an
 * object that came from one: it has a uid and a resourceVersion. In a manifest anybody can write that a pod has finished
 * or whose it is; with `manifests` nothing of the kind is believed.
 */
export function believed(object: Mapping, manifests: boolean): Mapping {
  if (!manifests && isLive(object)) return object
  const rest = without(object, ['status'])
  const { metadata } = rest
  return isMapping(metadata) ? { ...rest, metadata: without(metadata, OF_METADATA) } : rest
}

function without(mapping: Mapping, keys: readonly string[]): Mapping {
  if (!keys.some((key) => Object.hasOwn(mapping, key))) return mapping
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)))
}

function isLive({ metadata }: Mapping): boolean {
  return (
    isMapping(metadata) &&
    ['uid', 'resourceVersion'].every((key) => Object.hasOwn(metadata, key) && isText(metadata[key]))
  )
}

function isText(value: Value | undefined): boolean {
  return typeof value === 'string' && value !== ''
}

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
