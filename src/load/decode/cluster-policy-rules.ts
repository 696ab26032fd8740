import type { Direction } from '../../model/direction.js'
import type { Action, ActionRule } from '../../model/cluster-policy.js'
import { PEER_FIELD, type AnyPeer } from '../../model/policy.js'
import { boundedList, filledList, presentList } from './bounded-list.js'
import type { Dialect } from './cluster-policy-dialect.js'
import { readPeerOfCluster } from './cluster-policy-peers.js'
import { readPortOfCluster } from './cluster-policy-ports.js'
import { asMap, asString, get, isBlank, withValue, type Field, type MapField } from './fields.js'
import { checkMembers } from './members.js'
import { refusal, warning } from './problem.js'

const LONGEST_NAME = 100

/** Reads `ingress` or `egress` of a policy of the cluster. */
export function readActionRules(spec: MapField, direction: Direction, dialect: Dialect): readonly ActionRule[] {
  return boundedList(get(spec, direction), dialect.most).flatMap((field) => {
    const map = asMap(field.value === null ? withValue(field, {}) : field)
    return map === null ? [] : [readRule(map, direction, dialect)]
  })
}

function readRule(map: MapField, direction: Direction, dialect: Dialect): ActionRule {
  const [peerField, portField] = [PEER_FIELD[direction], dialect.ports]
  checkMembers(map, {
    name: 'the rule would have no name',
    action: 'the rule would have no action',
    [peerField]: 'the rule would name nobody, which the API server refuses',
    [portField]: 'the rule would be about every port',
  })
  const everybody = `for all pods write \`${peerField}: [{namespaces: {}}]\``
  const action = readAction(get(map, 'action'), dialect)
  const peers = filledList(get(map, peerField), dialect.most, everybody).flatMap((item, entry) =>
    readPeerOfCluster(item, direction, dialect, entry),
  )
  const everyPort = `for every port leave \`${portField}\` out`
  const ports = presentList(get(map, portField), dialect.most, everyPort).flatMap((item, entry) =>
    readPortOfCluster(item, dialect, entry),
  )
  const rule = { name: readName(get(map, 'name')), action, peers, ports }
  warnOfNames(map, rule, direction, portField)
  return closed(map, rule, peerField)
}

function readAction(field: Field, { actions, version }: Dialect): Action {
  const text = asString(field)
  const action = text !== null && Object.hasOwn(actions, text) ? actions[text] : undefined
  if (action !== undefined) return action
  const words = Object.keys(actions)
  const supported = `supported values: ${words.join(', ')}`
  if (isBlank(field)) field.report(refusal('NP043', field.path, 'Required value', supported))
  else if (text !== null)
    field.report(refusal('NP043', field.path, { unsupported: text }, supported, meant(text, words, version)))
  return 'deny'
}

/** What somebody meant who wrote the word of the other version, or one in the wrong case. */
function meant(text: string, words: readonly string[], version: Dialect['version']): string | null {
  const [accept] = words
  const same = words.find((word) => word.toLowerCase() === text.toLowerCase())
  if (same !== undefined) return `write ${same}`
  return /^(?:allow|accept)$/i.test(text) ? `${version} calls it ${accept ?? ''}` : null
}

function readName(field: Field): string | null {
  const name = asString(field)
  // As the API server counts: characters, whatever its message calls them
  if (name !== null && name.length > LONGEST_NAME && Array.from(name).length > LONGEST_NAME) {
    const detail = `may not be more than ${LONGEST_NAME} bytes`
    field.report({ ...refusal('NP045', field.path, { invalid: `${name.slice(0, 20)}…` }, detail) })
  }
  return name === '' ? null : name
}

/** A port name in an egress rule with peers that have none: those never match by it (C-25). */
function warnOfNames(map: MapField, { peers, ports }: ActionRule, direction: Direction, field: string): void {
  const index = ports.findIndex(({ port }) => typeof port === 'string')
  const nameless = peers.find(({ kind }) => kind === 'ip-block' || kind === 'nodes' || kind === 'domain-names')
  if (direction === 'ingress' || index < 0 || nameless === undefined) return
  const words = nameless.kind === 'ip-block' ? 'networks' : nameless.kind === 'nodes' ? 'nodes' : 'host names'
  const message = `a port name never matches ${words}, which declare no ports; clusters with the experimental API refuse the rule`
  map.report(warning('NP145', [...map.path, field], message, 'write the number of the port, or two rules'))
}

/**
 * A rule with a peer of a kind that nobody here knows, or that names hosts while it does not allow: an Accept matches nothing
 * by it, any other rule denies everything, so that nothing is let through that should not be (C-18, C-19).
 */
function closed(map: MapField, rule: ActionRule, field: string): ActionRule {
  const path = [...map.path, field]
  const isUnknown = rule.peers.some(({ kind }) => kind === 'unknown')
  const namesHosts = rule.peers.some(({ kind }) => kind === 'domain-names')
  if (rule.action === 'accept') return rule
  if (namesHosts && !isUnknown) {
    const message =
      'host names are for rules that allow; anywhere else the rule denies everything, since nobody can tell whom it means'
    map.report(warning('NP146', path, message, 'name the addresses as `networks`'))
  }
  return isUnknown || namesHosts ? { ...rule, action: 'deny', peers: NOBODY_LEFT_OUT, ports: [] } : rule
}

/** Without peers a rule means everybody. */
const NOBODY_LEFT_OUT: readonly AnyPeer[] = []
