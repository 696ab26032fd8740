import type { Direction } from '../../model/direction.js'
import { PEER_FIELD, type AnyPeer, type SelectorPeer } from '../../model/policy.js'
import type { Selector } from '../../model/labels.js'
import type { Path } from '../../model/source.js'
import type { Dialect } from './cluster-policy-dialect.js'
import { asMap, get, isBlank, withValue, type Field, type MapField } from './fields.js'
import { checkMembers, onlyMember, peerMember, withoutRemoved } from './members.js'
import { readDomainNames, readNetworks } from './networks.js'
import { refusal } from './problem.js'
import { readSelector } from './selector.js'
import { storing } from './stored-field.js'

const EVERYTHING: Selector = { requirements: [] }

/** A subject, and the member of it that says whom it is (C-10). */
export interface Subject {
  readonly subject: SelectorPeer
  readonly path: Path
}

/** Reads `spec.subject`; null where it cannot be used, which is reported. */
export function readSubject(field: Field, dialect: Dialect): Subject | null {
  if (isBlank(field))
    field.report(refusal('NP010', field.path, 'Required value', 'a policy of the cluster needs a subject'))
  const map = asMap(field)
  const member = map === null ? null : onlyMember(map, ['namespaces', 'pods'])
  if (member === null) return null
  const subject = readPods(member.name, member.field, dialect)
  return subject === null ? null : { subject, path: member.field.path }
}

/** Reads an entry of `from` or `to`: one peer, or one for each network that it names (C-14, C-15). */
export function readPeerOfCluster(
  field: Field,
  direction: Direction,
  dialect: Dialect,
  entry: number,
): readonly AnyPeer[] {
  const map = asMap(field.value === null ? withValue(field, {}) : field)
  const others = direction === 'egress' ? dialect.destinations : []
  const member = map === null ? null : peerMember(map, ['namespaces', 'pods', ...others])
  if (member === null) return []
  const at: Path = [PEER_FIELD[direction], entry]
  if (member.name === 'unknown') return [{ kind: 'unknown', at }]
  const { name, field: value } = member
  switch (name) {
    case 'namespaces':
    case 'pods': {
      const peer = readPods(name, value, dialect)
      return peer === null ? [] : [{ ...peer, at }]
    }
    case 'networks':
      return readNetworks(value, at)
    case 'nodes': {
      const nodes = readStoredSelector(value)
      return nodes === null ? [] : [{ kind: 'nodes', nodes, at }]
    }
    case 'domainNames': {
      const names = readDomainNames(value)
      return names.length === 0 ? [] : [{ kind: 'domain-names', names, at }]
    }
  }
}

/** Namespaces with all their pods, or pods by both selectors (C-10, C-12). */
function readPods(name: 'namespaces' | 'pods', field: Field, { needsNamespaces }: Dialect): SelectorPeer | null {
  if (name === 'namespaces') {
    const map = asMap(field)
    const namespaces = map === null ? null : readStoredSelector(withoutRemoved(map))
    return namespaces === null ? null : { kind: 'selector', namespaces, pods: null }
  }
  const map = asMap(field)
  if (map === null) return null
  const known: MapField = withoutSameLabels(map)
  checkMembers(known, { namespaceSelector: 'pods of all namespaces would be meant', podSelector: '' })
  const [namespaceField, podField] = [get(map, 'namespaceSelector'), get(map, 'podSelector')]
  const required = needsNamespaces ? [namespaceField, podField] : [podField]
  for (const one of required.filter(isBlank))
    one.report(refusal('NP010', one.path, 'Required value', '`pods` needs it; `{}` selects all of them'))
  const [namespaces, pods] = [readStoredSelector(namespaceField), readStoredSelector(podField)]
  return pods === null ? null : { kind: 'selector', namespaces: namespaces ?? EVERYTHING, pods }
}

/** `pods.namespaces` with `sameLabels` was another form that the API once had (C-40). */
function withoutSameLabels(map: MapField): MapField {
  const old = get(map, 'namespaces')
  if (isBlank(old)) return map
  const message = '`pods.namespaces` belongs to an early form of this API that was removed before v0.1.5'
  const help = '`pods` has a `namespaceSelector` and a `podSelector`'
  map.report({ code: 'NP051', severity: 'error', path: old.path, at: 'key', message, help })
  const rest = Object.entries(map.value).filter(([key]) => key !== 'namespaces')
  return { value: Object.fromEntries(rest), path: map.path, report: map.report }
}

/** A selector that a cluster stores without looking at it (C-41). */
function readStoredSelector({ value, path, report }: Field): Selector | null {
  return readSelector({ value, path, report: storing(report) })
}
