import type { Direction } from '../../model/direction.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type Rule } from '../../model/policy.js'
import type { Policy } from '../../model/policy-kinds.js'
import type { Source } from '../../model/source.js'
import { asList, asMap, asString, checkKeys, get, isBlank, type Field, type MapField, withValue } from './fields.js'
import { readIpBlock } from './ip-block.js'
import { checkMetadataKeys, readMetadata, type Metadata } from './metadata.js'
import { readPolicyPort } from './policy-port.js'
import { refusal, warning } from './problem.js'
import { readSelector } from './selector.js'
import { peerWithout, ruleWithout } from './without-field.js'

const TOP_KEYS = {
  apiVersion: 'the object would have no apiVersion',
  kind: 'the object would have no kind',
  metadata: 'the object would have no name',
  spec: 'the policy would select every pod of its namespace and deny them all ingress',
  status: 'it would have no effect',
}
const SPEC_KEYS = { podSelector: '', policyTypes: '', ingress: '', egress: '' }
const PEER_KEYS = { podSelector: '', namespaceSelector: '', ipBlock: '' }

const STRAY_DASH = 'remove the dash, or indent what belongs to it'

/** An object that is a policy; the metadata of one of the cluster have no namespace. */
export interface PolicyObject {
  readonly metadata: Metadata
  readonly policy: Policy
}

/** Reads a NetworkPolicy with every rule of validation, and settles its defaults; null where it cannot be used. */
export function readNetworkPolicy(root: MapField, source: Source, defaultNamespace: string): PolicyObject | null {
  checkKeys(root, TOP_KEYS)
  checkMetadataKeys(root)
  const metadata = readMetadata(root, defaultNamespace, 'subdomain')
  const specField = get(root, 'spec')
  if (isBlank(specField)) {
    root.report(
      warning(
        'NP108',
        ['spec'],
        'the policy has no spec: it selects every pod of its namespace and denies them all ingress',
        'if that is meant, write `spec: {podSelector: {}, policyTypes: [Ingress]}`',
      ),
    )
  }
  const spec = asMap(isBlank(specField) ? withValue(specField, {}) : specField)
  if (spec === null) return null
  checkKeys(spec, SPEC_KEYS, specWithout)
  const subjectField = get(spec, 'podSelector')
  if (isBlank(subjectField) && !isBlank(specField)) {
    root.report(
      warning(
        'NP109',
        spec.path,
        'the policy has no podSelector: it selects every pod of its namespace',
        'if that is meant, write `podSelector: {}`',
      ),
    )
  }
  const subject = readSelector(subjectField) ?? { requirements: [] }
  const rules = { ingress: readRules(spec, 'ingress'), egress: readRules(spec, 'egress') }
  const isolates = readPolicyTypes(spec, rules)
  if (metadata === null) return null
  const { namespace, name, hasNamespace } = metadata
  const policy = { kind: 'NetworkPolicy', namespace, name, hasNamespace, source, subject, isolates, rules } as const
  return { metadata, policy }
}

/** Whom a policy selects and what it restricts without the fields that do not exist. */
function specWithout(rest: MapField): string {
  const subject = readSelector(get(rest, 'podSelector'))
  const rules = { ingress: readRules(rest, 'ingress'), egress: readRules(rest, 'egress') }
  const isolates = readPolicyTypes(rest, rules)
  const effects = [
    (subject?.requirements.length ?? 0) === 0 ? 'select every pod of its namespace' : 'select the same pods',
    ...(['ingress', 'egress'] as const).flatMap((direction) => {
      if (!isolates[direction]) return [`not restrict their ${direction}`]
      return rules[direction].length === 0 ? [`deny them all ${direction}`] : []
    }),
  ]
  return `the policy would ${effects.join(', ').replace(/, (?=[^,]*$)/, ' and ')}`
}

function readRules(spec: MapField, direction: Direction): readonly Rule[] {
  return asList(get(spec, direction)).map((field) => readRule(field, direction))
}

/** A null item is an empty rule, which matches everything. */
function readRule(field: Field, direction: Direction): Rule {
  const peerField = PEER_FIELD[direction]
  const map = asMap(warnOfNull(field, `the rule allows all ${direction}`))
  if (map === null) return { peers: [], ports: [] }
  checkKeys(map, { ports: '', [peerField]: '' }, (rest) => ruleWithout(rest, direction))
  const ports = asList(get(map, 'ports')).map((item) => readPolicyPort(warnOfNull(item, 'it opens every TCP port')))
  const peers = asList(get(map, peerField)).map(readPeer)
  return { ports: ports.filter((port) => port !== null), peers: peers.filter((peer) => peer !== null) }
}

function readPeer(field: Field): Peer | null {
  const map = asMap(warnOfNull(field, 'the peer is empty'))
  if (map === null) return null
  checkKeys(map, PEER_KEYS, peerWithout)
  const pods = readSelector(get(map, 'podSelector'))
  const namespaces = readSelector(get(map, 'namespaceSelector'))
  const blockField = get(map, 'ipBlock')
  if (!isBlank(blockField)) {
    const block = readIpBlock(blockField)
    if (namespaces === null && pods === null) return block
    const detail = 'may not specify both ipBlock and another peer'
    field.report(refusal('NP015', field.path, 'Forbidden', detail, 'as two entries, each of them matches alone'))
    return block
  }
  if (namespaces !== null || pods !== null) return { kind: 'selector', namespaces, pods }
  const isWrong = [get(map, 'podSelector'), get(map, 'namespaceSelector')].some((selector) => !isBlank(selector))
  if (!isWrong)
    field.report(refusal('NP014', field.path, 'Required value', 'must specify a peer', whomToName(field, map)))
  return null
}

/** What somebody may have meant by a peer that names nobody. */
function whomToName(written: Field, map: MapField): string {
  if (written.value === null) return STRAY_DASH
  const below = (['podSelector', 'namespaceSelector', 'ipBlock'] as const).find((key) => Object.hasOwn(map.value, key))
  const beside = (below === 'ipBlock' ? ['cidr', 'except'] : ['matchLabels', 'matchExpressions']).filter((key) =>
    Object.hasOwn(map.value, key),
  )
  if (below !== undefined && beside.length > 0) {
    const keys = beside.map((key) => `\`${key}\``).join(' and ')
    return `indent ${keys} further, under \`${below}\``
  }
  if (Object.hasOwn(map.value, 'podSelector')) return '`podSelector: {}` is every pod of the namespace'
  if (Object.hasOwn(map.value, 'namespaceSelector')) return '`namespaceSelector: {}` is every pod of every namespace'
  if (Object.hasOwn(map.value, 'ipBlock')) return 'an ipBlock needs a `cidr`'
  if (Object.keys(map.value).length > 0) return 'an entry needs a podSelector, a namespaceSelector or an ipBlock'
  return `to allow everybody leave \`${String(map.path.at(-2))}\` out`
}

function readPolicyTypes(spec: MapField, rules: NetworkPolicy['rules']): NetworkPolicy['isolates'] {
  const field = get(spec, 'policyTypes')
  const types = asList(field)
  if (types.length === 0) return byDefault(field, get(spec, 'egress'), rules)
  if (types.length > 2) {
    const written = types.map(({ value }) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')
    field.report(refusal('NP024', field.path, { invalid: written }, 'may not specify more than two policyTypes'))
    return { ingress: true, egress: true }
  }
  const named = types.map(readPolicyType)
  const isolates = { ingress: named.includes('Ingress'), egress: named.includes('Egress') }
  for (const direction of ['ingress', 'egress'] as const) {
    if (isolates[direction] || rules[direction].length === 0 || !named.every(isPolicyType)) continue
    const type = direction === 'ingress' ? 'Ingress' : 'Egress'
    const message = `the ${direction} rules are ignored, because \`policyTypes\` does not list ${type}`
    const help = `write \`policyTypes: [Ingress, Egress]\`, or remove the ${direction} rules`
    field.report(warning('NP104', [...spec.path, direction], message, help))
  }
  return isolates
}

function readPolicyType(field: Field): string | null {
  const text = field.value === null ? '' : asString(field)
  if (text !== null && !isPolicyType(text)) {
    const meant = ['Ingress', 'Egress'].find((type) => type.toLowerCase() === text.toLowerCase())
    const help = meant === undefined ? null : `write ${meant}`
    field.report(refusal('NP024', field.path, { unsupported: text }, 'supported values: Ingress, Egress', help))
  }
  return text
}

function isPolicyType(text: string | null): boolean {
  return text === 'Ingress' || text === 'Egress'
}

/** Without policyTypes a policy isolates for ingress always, for egress if it has an egress rule. */
function byDefault(field: Field, rulesField: Field, rules: NetworkPolicy['rules']): NetworkPolicy['isolates'] {
  const egress = rules.egress.length > 0
  if (Array.isArray(field.value)) {
    const help = 'name the directions, or remove the line: it does not switch the policy off'
    field.report(warning('NP106', field.path, 'an empty `policyTypes` is the same as none', help))
  }
  if (Array.isArray(rulesField.value) && rulesField.value.length === 0) {
    const help = 'to deny all egress write `policyTypes: [Ingress, Egress]`'
    rulesField.report(
      warning('NP137', rulesField.path, 'without `policyTypes` an empty `egress` restricts nothing', help),
    )
  }
  if (egress && rules.ingress.length === 0 && (isBlank(field) || Array.isArray(field.value))) {
    const help = 'to restrict only egress write `policyTypes: [Egress]`'
    field.report(warning('NP105', field.path, 'without `policyTypes` this egress policy also denies all ingress', help))
  }
  return { ingress: true, egress }
}

function warnOfNull(field: Field, effect: string): Field {
  if (field.value !== null) return field
  field.report(warning('NP107', field.path, `a bare dash is a null item: ${effect}`, STRAY_DASH))
  return withValue(field, {})
}
