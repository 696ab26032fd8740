/** Subjects and peers of the policies of the cluster (C-10 to C-19). */
import { type Block, inside, parsePrefix } from './addresses.js'
import { mayBeNode } from './direction.js'
import { get, list, text, unset } from './json.js'
import { addressesOf, type Flow, type Party } from './parties.js'
import { namespaceLookup, SOME_OTHER_VALUE } from './peers.js'
import { ask, type Run } from './run.js'
import { labelValue, type Lookup, selectorMatches } from './selectors.js'
import { matchUnknown } from './unknown-address.js'
import type { ClusterNode, Pod } from './world.js'

/** What matches an element `namespaces` or `pods`; undefined where it is neither. */
function picks(element: unknown, pod: Pod, run: Run): boolean | undefined {
  const space = namespaceLookup(pod.namespace, run)
  const namespaces = get(element, 'namespaces')
  if (!unset(namespaces)) {
    run.hit('C-10.namespaces')
    return selectorMatches(namespaces, space, run.hit) // C-10
  }
  const pods = get(element, 'pods')
  if (unset(pods)) return undefined
  const own: Lookup = (key) => labelValue(pod.labels, key)
  const spaceSelector = get(pods, 'namespaceSelector')
  run.hit(unset(spaceSelector) ? 'C-12' : 'C-10.pods')
  const there = unset(spaceSelector) || selectorMatches(spaceSelector, space, run.hit) // C-12
  return selectorMatches(get(pods, 'podSelector'), own, run.hit) && there // C-10
}

export function isSubject(subject: unknown, pod: Pod, run: Run): boolean {
  if (pod.hostNetwork) {
    run.hit('C-11.subject')
    return false // C-11
  }
  return picks(subject, pod, run) === true
}

/** C-17: labels of a Node that the input does not show are unknown, each by itself. */
function nodeMatches(node: ClusterNode | undefined, selector: unknown, id: string, run: Run): boolean {
  if (node === undefined || (node.labels === undefined && node.name === undefined)) {
    run.hit('C-17.unknown')
    return ask(run, `C-17 ${id}`, false, [true]) === true
  }
  const { labels, name } = node
  if (labels === undefined) run.hit('C-17.absent')
  return selectorMatches(
    selector,
    (key, about) => {
      if (labels !== undefined) return labelValue(labels, key)
      const value = ask(run, `C-17 ${name ?? ''} ${key}`, null, [...about, SOME_OTHER_VALUE])
      return typeof value === 'string' ? value : undefined
    },
    run.hit,
  )
}

function matchesNodes(selector: unknown, other: Party, id: string, run: Run): boolean {
  if (other.kind === 'node') {
    run.hit('C-17')
    return nodeMatches(other.node, selector, id, run)
  }
  if (other.kind === 'pod') {
    if (!other.pod.hostNetwork) return false
    run.hit('C-17.host')
    return nodeMatches(other.pod.node, selector, id, run) // C-17: it has the address of its node
  }
  if (other.kind === 'host') return false // E-7: only names of hosts match it
  // C-17: an address may be that of a Node that the input lacks
  return mayBeNode(other.address, run) && nodeMatches(undefined, selector, id, run)
}

/** C-16, of all networks of a rule together. */
function matchesNetworks(cidrs: readonly string[], other: Party, flow: Flow, id: string, run: Run): boolean {
  const blocks = cidrs.map((cidr): Block => ({ cidr: parsePrefix(cidr), except: [] }))
  if (blocks.length === 0) return false
  if (addressesOf(other).length === 0) {
    run.hit('C-16.unknown')
    return matchUnknown([blocks], other, flow, run, id)[0] === true // C-16, A-45
  }
  let matched = false
  for (const address of addressesOf(other)) {
    if (flow.family !== undefined && address.family !== flow.family) continue // C-16: families are separate
    for (const { cidr } of blocks) {
      if (cidr.family !== address.family) run.hit('C-16.family')
      if (inside(address, cidr)) matched = true
    }
  }
  if (matched) run.hit(`C-16.${other.kind === 'pod' && other.pod.hostNetwork ? 'host' : other.kind}`)
  return matched
}

/** C-18: the exact name, or `*.` and one or more labels before it; neither case nor a last dot counts. */
function namesHost(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern, name].map((one) => one.toLowerCase().replace(/\.$/, ''))
  if (wanted === undefined || given === undefined) return false
  if (!wanted.startsWith('*.')) return wanted === given
  return given.endsWith(wanted.slice(1)) && given.length > wanted.length - 1
}

/** C-18: of an address outside, or of a node, it is not known whether one of the names means it. Names of pods are not promised. */
function matchesNames(names: readonly string[], other: Party, id: string, run: Run): boolean {
  if (other.kind === 'host') {
    run.hit('C-18.host')
    return names.some((name) => namesHost(name, other.name)) // C-18
  }
  if (other.kind === 'pod' && !other.pod.hostNetwork) {
    run.hit('C-18.pod')
    return false // C-18
  }
  run.hit(other.kind === 'external' ? 'C-18' : 'C-18.node')
  return ask(run, `C-18 ${id}`, false, [true]) === true // C-18
}

export interface TierPeers {
  /** By a peer that means pods. */
  asPod: boolean
  /** By a network, a node or a name. */
  otherwise: boolean
  /** C-19: a peer that is not understood in a rule that does not accept. */
  failsClosed: boolean
}

export function tierPeers(
  peers: unknown,
  accepts: boolean,
  direction: 'ingress' | 'egress',
  other: Party,
  flow: Flow,
  id: string,
  run: Run,
): TierPeers {
  const found: TierPeers = { asPod: false, otherwise: false, failsClosed: false }
  const networks: string[] = []
  for (const [index, peer] of list(peers).entries()) {
    if (!unset(get(peer, 'namespaces')) || !unset(get(peer, 'pods'))) {
      if (other.kind !== 'pod') {
        run.hit(direction === 'ingress' ? 'C-14' : 'C-15')
        continue // C-14
      }
      if (other.pod.hostNetwork) {
        run.hit('C-11.peer')
        continue // C-11
      }
      if (picks(peer, other.pod, run) === true) found.asPod = true
    } else if (!unset(get(peer, 'networks'))) networks.push(...list(get(peer, 'networks')).map(text))
    else if (!unset(get(peer, 'nodes'))) {
      if (matchesNodes(get(peer, 'nodes'), other, `${id} ${String(index)}`, run)) found.otherwise = true
    } else if (!unset(get(peer, 'domainNames')) && accepts) {
      if (matchesNames(list(get(peer, 'domainNames')).map(text), other, `${id} ${String(index)}`, run))
        found.otherwise = true
    } else if (!accepts) {
      run.hit(unset(get(peer, 'domainNames')) ? 'C-19' : 'C-19.names')
      found.failsClosed = true // C-18, C-19
    } else run.hit('C-19.accept') // C-19: matches nothing
  }
  if (matchesNetworks(networks, other, flow, `A-45 ${id}`, run)) found.otherwise = true
  return found
}
