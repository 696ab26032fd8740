import { asBoolean, asList, asMap, asString, checkKeys, get, isBlank, type Field, type MapField } from './fields.js'
import { checkDnsLabel, checkLabelKey, checkLabelValue, checkSubdomain } from './names.js'
import { refusal, warning } from './problem.js'

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

/** Reads `metadata`; null where the object has no usable name (B-9). */
export function readMetadata(
  root: MapField,
  defaultNamespace: string,
  nameForm: 'subdomain' | 'label',
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
  if (name === null) return null
  return {
    name,
    namespace: namespace ?? defaultNamespace,
    hasNamespace: namespace !== null,
    labels: readLabels(get(metadata, 'labels')),
    owner: readOwner(get(metadata, 'ownerReferences')),
    terminating: !isBlank(get(metadata, 'deletionTimestamp')),
  }
}

/** Reports unknown keys of a policy's metadata. */
export function checkMetadataKeys(root: MapField): void {
  const metadata = asMap({ ...get(root, 'metadata'), report: () => undefined })
  if (metadata !== null) checkKeys({ ...metadata, report: root.report }, KEYS)
}

function readName(metadata: MapField, nameForm: 'subdomain' | 'label'): string | null {
  const field = get(metadata, 'name')
  const name = asString(field)
  if (name !== null && name !== '') {
    checkName(field, name, nameForm === 'label' ? checkDnsLabel : checkSubdomain)
    return name
  }
  const prefix = asString(get(metadata, 'generateName'))
  if (prefix !== null && prefix !== '') return `${prefix}<n>`
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
  for (const key of Object.keys(map.value)) {
    const entry = get(map, key)
    const value = isBlank(entry) ? '' : asString(entry)
    const badKey = checkLabelKey(key)
    if (badKey !== null) field.report(refusal('NP020', field.path, { invalid: key }, badKey))
    if (value === null) continue
    const badValue = checkLabelValue(value)
    if (badValue !== null) field.report(refusal('NP021', field.path, { invalid: value }, badValue))
    if (entry.value === null)
      field.report(warning('NP113', entry.path, `the label \`${key}\` is blank and means the empty value`))
    labels.set(key, value)
  }
  return labels
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
