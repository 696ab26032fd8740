import { PEER_FIELD } from '../../model/policy.js'
import type { Direction } from '../../model/direction.js'
import { asList, get, isBlank, isMap, type MapField } from './fields.js'

const REST_APPLIES = 'the rest would apply unchanged'

/** What the fields of selectors select, where that is not pods. */
const SELECTED: Readonly<Record<string, string>> = {
  namespaceSelector: 'namespace',
  namespaces: 'namespace',
  nodes: 'node',
}

/** What a label selector means without the fields that do not exist; it has been left with nothing else to say. */
export function selectorWithout(rest: MapField): string {
  const labels = get(rest, 'matchLabels')
  const expressions = get(rest, 'matchExpressions')
  const keys = [
    ...(isMap(labels) ? Object.keys(labels.value) : []),
    ...asList(expressions).flatMap((item) => (isMap(item) ? [get(item, 'key').value] : [])),
  ].filter((key) => typeof key === 'string')
  if (keys.length > 0) return `the selector would ask only for ${keys.map((key) => `\`${key}\``).join(' and ')}`
  if (rest.path.length === 2) return 'the policy would select every pod of its namespace'
  return `the selector would select every ${SELECTED[String(rest.path.at(-1))] ?? 'pod'}`
}

/** What a rule opens without the fields that do not exist. */
export function ruleWithout(rest: MapField, direction: Direction): string {
  const peerField = PEER_FIELD[direction]
  const effects = [
    ...(asList(get(rest, peerField)).length === 0 ? [`allow ${direction} ${peerField} everybody`] : []),
    ...(asList(get(rest, 'ports')).length === 0 ? ['open every port'] : []),
  ]
  return effects.length === 0 ? REST_APPLIES : `the rule would ${effects.join(' and ')}`
}

/** Whom a peer means without the fields that do not exist. */
export function peerWithout(rest: MapField): string {
  if (!isBlank(get(rest, 'ipBlock'))) return REST_APPLIES
  const [pods, namespaces] = [get(rest, 'podSelector'), get(rest, 'namespaceSelector')]
  if (isBlank(pods)) {
    return isBlank(namespaces)
      ? 'the peer would be empty, which the API server refuses'
      : 'the peer would match every pod of the namespaces that it selects'
  }
  return isBlank(namespaces) ? 'the peer would match pods of its own namespace only' : REST_APPLIES
}

/** What a port entry opens without the fields that do not exist. */
export function portWithout(rest: MapField): string {
  const [port, end, protocol] = [get(rest, 'port'), get(rest, 'endPort'), get(rest, 'protocol')]
  const name = typeof protocol.value === 'string' ? protocol.value : 'TCP'
  if (isBlank(port)) return `the entry would open every ${name} port`
  const { value } = port
  const isPlain = typeof value === 'string' || typeof value === 'number'
  return isBlank(end) && isPlain ? `the entry would open only ${value}/${name}` : REST_APPLIES
}

/** Which addresses a block holds without the fields that do not exist. */
export function blockWithout(rest: MapField): string {
  const cidr = get(rest, 'cidr').value
  if (typeof cidr !== 'string' || cidr === '') return 'the block would have no cidr, which the API server refuses'
  return asList(get(rest, 'except')).length === 0 ? `the block would be all of ${cidr}` : REST_APPLIES
}
