import {
  asBoolean,
  asList,
  asMap,
  asString,
  checkKeys,
  get,
  isBlank,
  isMap,
  type Field,
  type MapField,
} from './fields.js'
import { checkDnsLabel, checkLabelKey, checkLabelValue, checkSubdomain } from './validation.js'
import { refusal, softened, warning, type Problem } from './problem.js'

/** The parts of `metadata` that matter here. */
export interface Metadata {
  readonly name: string
  readonly namespace: string
  /** Whether the object says its namespace itself. */
  readonly hasNamespace: boolean
  readonly labels: ReadonlyMap<string, string>
  readonly owner: Owner | null
  readonly terminating: boolean
}

/** The controller that made an object. */
export interface Owner {
  readonly kind: string
  readonly name: string
}

/** Stands for the number of an object that the cluster would name; no name can have it. */
export const GENERATED = '<n>'

const NO_EFFECT = 'it would have no effect'
const KEYS: Readonly<Record<string, string>> = {
  name: 'the object would have no name',
  namespace: 'the object would be in the default namespace',
  labels: 'the object would have no labels',
  ...Object.fromEntries(
    'generateName selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds annotations ownerReferences finalizers managedFields'
      .split(' ')
      .map((key) => [key, NO_EFFECT]),
  ),
}

/**
 * Reads `metadata`; null where the object has no usable name (B-9). The labels of Pods and Namespaces `decide`; what is wrong
 * with those of other objects, and with annotations, is a warning (B-12).
 */
export function readMetadata(
  root: MapField,
  defaultNamespace: string,
  nameForm: 'subdomain' | 'label',
  labelsDecide = false,
): Metadata | null {
  const field = get(root, 'metadata')
  const metadata = asMap(field)
  if (metadata === null) {
    if (isBlank(field))
      root.report(refusal('NP010', ['metadata', 'name'], 'Required value', 'name or generateName is required'))
    return null
  }
  const name = readName(metadata, nameForm)
  const written = asString(get(metadata, 'namespace'))
  const namespace = written === null || written === '' ? null : written
  checkName(get(metadata, 'namespace'), namespace, checkDnsLabel)
  const mildly = softened(metadata.report)
  const labels = readLabels(get(metadata, 'labels', labelsDecide ? metadata.report : mildly))
  checkAnnotations(get(metadata, 'annotations', mildly))
  const owner = readOwner(get(metadata, 'ownerReferences'))
  if (name === null) return null
  return {
    name,
    namespace: namespace ?? defaultNamespace,
    hasNamespace: namespace !== null,
    labels,
    owner,
    terminating: !isBlank(get(metadata, 'deletionTimestamp')),
  }
}

/** Reports unknown keys of a policy's metadata. */
export function checkMetadataKeys(root: MapField): void {
  const metadata = get(root, 'metadata')
  // What is not a map has been reported already
  if (isMap(metadata)) checkKeys(metadata, KEYS)
}

function readName(metadata: MapField, nameForm: 'subdomain' | 'label'): string | null {
  const field = get(metadata, 'name')
  const name = asString(field)
  if (name !== null && name !== '') {
    checkName(field, name, nameForm === 'label' ? checkDnsLabel : checkSubdomain)
    return name
  }
  const prefix = asString(get(metadata, 'generateName'))
  if (prefix !== null && prefix !== '') {
    const complaint = checkSubdomain(`${prefix}x`)
    if (complaint !== null)
      metadata.report(refusal('NP011', [...metadata.path, 'generateName'], { invalid: prefix }, complaint))
    return `${prefix}${GENERATED}`
  }
  if (isBlank(field) || name === '') {
    metadata.report(refusal('NP010', field.path, 'Required value', 'name or generateName is required'))
  }
  return null
}

function checkName(field: Field, name: string | null, check: (text: string) => string | null): void {
  const complaint = name === null ? null : check(name)
  if (name !== null && complaint !== null) field.report(refusal('NP011', field.path, { invalid: name }, complaint))
}

/** Labels; a blank value is the empty string, as for any map of strings (B-31). */
export function readLabels(field: Field): ReadonlyMap<string, string> {
  const map = asMap(field)
  const labels = new Map<string, string>()
  if (map === null) return labels
  for (const [key, entry] of entriesOf(map)) {
    const value = isBlank(entry) ? '' : asString(entry)
    const badKey = checkLabelKey(key)
    if (badKey !== null) entry.report({ ...refusal('NP020', field.path, { invalid: key }, badKey), at: 'key' })
    if (value === null) continue
    const badValue = checkLabelValue(value)
    if (badValue !== null) entry.report(refusal('NP021', field.path, { invalid: value }, badValue))
    if (entry.value === null)
      entry.report(warning('NP113', field.path, `the label \`${key}\` is blank and means the empty value`))
    labels.set(key, value)
  }
  return labels
}

/** Annotations have keys like labels, but for the case of their prefix, and any text as values (B-12). */
export function checkAnnotations(field: Field): void {
  const map = asMap(field)
  if (map === null) return
  for (const [key, entry] of entriesOf(map)) {
    const badKey = checkLabelKey(key.toLowerCase())
    if (badKey !== null) entry.report({ ...refusal('NP020', field.path, { invalid: key }, badKey), at: 'key' })
    asString(entry)
  }
}

/** The entries of a map of strings: Kubernetes names the map where it complains, a reader wants to see the entry. */
function entriesOf(map: MapField): readonly (readonly [string, Field])[] {
  return Object.keys(map.value).map((key) => {
    const report = (problem: Problem) => {
      map.report({ ...problem, path: map.path, near: [...map.path, key] })
    }
    return [key, get(map, key, report)]
  })
}

function readOwner(field: Field): Owner | null {
  for (const item of asList(field)) {
    const reference = asMap(item)
    if (reference === null || asBoolean(get(reference, 'controller')) !== true) continue
    const [kind, name] = [asString(get(reference, 'kind')), asString(get(reference, 'name'))]
    if (kind !== null && name !== null) return { kind, name }
  }
  return null
}
