import type { ClusterPolicy, PolicyOfCluster } from '../../model/cluster-policy.js'
import type { Source } from '../../model/source.js'
import { DIALECTS } from './cluster-policy-dialect.js'
import { readSubject } from './cluster-policy-peers.js'
import { readActionRules } from './cluster-policy-rules.js'
import { asInteger, asMap, asString, get, isBlank, type Field, type MapField } from './fields.js'
import { checkMembers } from './members.js'
import { checkMetadataKeys, readMetadata } from './metadata.js'
import type { PolicyObject } from './network-policy.js'
import { refusal } from './problem.js'

const TOP_KEYS = {
  apiVersion: 'the object would have no apiVersion',
  kind: 'the object would have no kind',
  metadata: 'the object would have no name',
  spec: 'the policy would have no spec, which the API server refuses',
  status: 'it would have no effect',
}

const HIGHEST = 1000

/** Reads a policy of the cluster with all that its CRD checks (C-30 to C-42); null where it cannot be used. */
export function readClusterPolicy(kind: ClusterPolicy['kind'], root: MapField, source: Source): PolicyObject | null {
  const dialect = DIALECTS[kind]
  checkMembers(root, TOP_KEYS)
  checkMetadataKeys(root)
  const metadata = readMetadata(root, '', 'subdomain')
  const specField = get(root, 'spec')
  if (isBlank(specField))
    root.report(refusal('NP010', ['spec'], 'Required value', 'a policy of the cluster needs a spec'))
  const spec = asMap(specField)
  if (kind === 'BaselineAdminNetworkPolicy' && metadata !== null && metadata.name !== 'default') {
    const detail = 'Only one baseline admin network policy with metadata.name="default" can be created in the cluster'
    root.report(refusal('NP044', ['metadata', 'name'], { invalid: metadata.name }, detail, 'write name: default'))
  }
  if (spec === null) return null
  checkMembers(
    spec,
    Object.fromEntries([...dialect.fields, 'subject', 'ingress', 'egress'].map((name) => [name, EFFECTS[name] ?? ''])),
  )
  const tier = dialect.fields.includes('tier') ? readTier(get(spec, 'tier')) : 'Admin'
  const priority = dialect.fields.includes('priority') ? readPriority(get(spec, 'priority')) : 0
  const subject = readSubject(get(spec, 'subject'), dialect)
  const rules = {
    ingress: readActionRules(spec, 'ingress', dialect),
    egress: readActionRules(spec, 'egress', dialect),
  }
  if (metadata === null || subject === null || tier === null || priority === null) return null
  const named = { ...metadata, namespace: '', hasNamespace: true }
  const common: PolicyOfCluster = {
    ...{ namespace: null, name: metadata.name, hasNamespace: true, source, rules },
    subject: subject.subject,
    subjectPath: subject.path,
  }
  switch (kind) {
    case 'AdminNetworkPolicy':
      return { metadata: named, policy: { kind, priority, ...common } }
    case 'BaselineAdminNetworkPolicy':
      return { metadata: named, policy: { kind, ...common } }
    case 'ClusterNetworkPolicy':
      return { metadata: named, policy: { kind, tier, priority, ...common } }
  }
}

const EFFECTS: Readonly<Record<string, string>> = {
  ingress: 'the policy would say nothing of ingress',
  egress: 'the policy would say nothing of egress',
}

/** Exactly one of two words (C-31). */
function readTier(field: Field): 'Admin' | 'Baseline' | null {
  const text = asString(field)
  if (text === 'Admin' || text === 'Baseline') return text
  const supported = 'supported values: Admin, Baseline'
  if (isBlank(field)) field.report(refusal('NP042', field.path, 'Required value', supported))
  else if (text !== null) {
    const meant = ['Admin', 'Baseline'].find((tier) => tier.toLowerCase() === text.toLowerCase())
    const help = meant === undefined ? null : `write ${meant}`
    field.report(refusal('NP042', field.path, { unsupported: text }, supported, help))
  }
  return null
}

/** A whole number from 0 to 1000 that must be there (C-30). */
function readPriority(field: Field): number | null {
  if (isBlank(field)) {
    field.report(refusal('NP041', field.path, 'Required value', `a number from 0, which comes first, to ${HIGHEST}`))
    return null
  }
  const priority = asInteger(field)
  if (priority === null) return null
  if (priority >= 0 && priority <= HIGHEST) return priority
  const bound = priority < 0 ? 'greater than or equal to 0' : `less than or equal to ${HIGHEST}`
  field.report(refusal('NP041', field.path, { invalid: priority }, `should be ${bound}`))
  return null
}
