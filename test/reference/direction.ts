import { type Address, inside, parsePrefix } from './addresses.js'
import type { ReasonKind } from './evaluate.js'
import { get, list, unset } from './json.js'
import { type Flow, isSamePod, type Party } from './parties.js'
import { peersMatch } from './peers.js'
import { portsMatch } from './ports.js'
import { ask, type Run, unheard } from './run.js'
import { isEmptySelector, labelValue, selectorMatches } from './selectors.js'
import type { ClusterNode, Pod, Policy } from './world.js'

export type Direction = 'egress' | 'ingress'

function selects(policy: Policy, pod: Pod, run: Run): boolean {
  if (policy.namespace !== pod.namespace) {
    run.hit('A-1')
    return false
  }
  if (unset(policy.spec) || Object.keys(policy.spec as object).length === 0) {
    run.hit('A-4')
    return true
  }
  const selector = get(policy.spec, 'podSelector')
  if (isEmptySelector(selector)) {
    run.hit(unset(selector) ? 'A-3.unset' : 'A-3')
    return true
  }
  return selectorMatches(selector, (key) => labelValue(pod.labels, key), run.hit)
}

function governs(policy: Policy, direction: Direction, run: Run): boolean {
  const types = list(get(policy.spec, 'policyTypes'))
  const egressRules = list(get(policy.spec, 'egress')).length
  const ingressRules = list(get(policy.spec, 'ingress')).length
  if (types.length === 0) {
    if (Array.isArray(get(policy.spec, 'policyTypes'))) run.hit('A-9')
    if (direction === 'ingress') {
      if (egressRules > 0 && ingressRules === 0) run.hit('A-9c')
      return true // A-9c
    }
    run.hit(egressRules > 0 ? 'A-9b' : 'A-9a')
    return egressRules > 0 // A-9a, A-9b
  }
  if (types.length === 2 && types[0] === types[1]) run.hit('A-11')
  for (const type of types) if (type === (direction === 'ingress' ? 'Ingress' : 'Egress')) return true
  run.hit((direction === 'ingress' ? ingressRules : egressRules) > 0 ? 'A-10.inert' : 'A-10')
  return false
}

const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/** an address that could be a node's: private, in no pod range, where the input shows no node of its family. */
function couldBeANode(address: Address, run: Run): boolean {
  for (const range of run.podCidrs) if (inside(address, range)) return false
  for (const node of run.world.nodes) for (const one of node.addresses) if (one.family === address.family) return false
  for (const range of PRIVATE) if (inside(address, parsePrefix(range))) return true
  return false
}

/** the other end is the subject's own node, or a hostNetwork pod on it. */
function onOwnNode(subject: Pod, other: Party, direction: Direction, run: Run): boolean {
  if (other.kind === 'external') {
    if (direction === 'egress' || !couldBeANode(other.address, run)) return false // E-1, A-63
    run.hit('A-62.address')
    return ask(run, 'A-62', false, [true]) === true // whoever asks about one address may mean the node's
  }
  if (other.kind === 'pod' && !other.pod.hostNetwork) return false
  const mine = subject.node
  const theirs: ClusterNode | undefined = other.kind === 'pod' ? other.pod.node : other.node
  if (mine !== undefined && mine === theirs) return true
  if (mine !== undefined && theirs !== undefined && isOtherNode(mine, theirs)) return false
  run.hit('A-62.unknown')
  return ask(run, 'A-62', false, [true]) === true // unknown, so an ordinary address
}

function isOtherNode(one: ClusterNode, two: ClusterNode): boolean {
  if (one.name !== undefined && two.name !== undefined) return true
  // A node known by its addresses only is another one if both have addresses of one family
  for (const a of one.addresses) for (const b of two.addresses) if (a.family === b.family) return true
  return false
}

function ruleMatches(
  rule: unknown,
  policy: Policy,
  direction: Direction,
  subject: Party,
  other: Party,
  flow: Flow,
  run: Run,
  id: string,
): boolean {
  if (rule === null) run.hit('A-15.rule') // as {}
  const peers = get(rule, direction === 'ingress' ? 'from' : 'to')
  const ports = get(rule, 'ports')
  if (list(peers).length === 0 && list(ports).length === 0) run.hit('A-14')
  const peer = peersMatch(peers, policy.namespace, other, flow, run, id)
  const destination = direction === 'ingress' ? subject : other
  const port = portsMatch(ports, destination, flow, run)
  if (run.hit !== unheard) {
    const source = direction === 'ingress' ? other : subject
    if (portsMatch(ports, source, flow, { ...run, hit: unheard }).matched !== port.matched) run.hit('A-50')
  }
  if (peer.matched !== port.matched) run.hit('A-17')
  if (direction === 'ingress' && peer.byBlock && port.byName) run.hit('A-54e') // A-54e
  if (direction === 'egress' && port.byName) run.hit('A-54d.pod') // A-54d, also when `to` is empty
  return peer.matched && port.matched
}

export function evaluateDirection(
  direction: Direction,
  subject: Party,
  other: Party,
  flow: Flow,
  run: Run,
): ReasonKind {
  if (isSamePod(subject, other)) {
    run.hit('A-60')
    return 'same-pod'
  }
  if (subject.kind !== 'pod') return 'not-a-pod' // E-2
  const pod = subject.pod
  if (pod.terminating) run.hit('A-6') // a full subject
  if (pod.addresses.length === 0) run.hit('A-7.no-address') // a subject as well
  if (pod.hostNetwork) {
    run.hit(run.readings.hostNetwork === 'ignore' ? 'A-64.subject' : 'A-64.enforce')
    if (run.readings.hostNetwork === 'ignore') return 'host-network'
  }
  if (onOwnNode(pod, other, direction, run)) {
    if (direction === 'ingress') {
      run.hit('A-62')
      return 'own-node'
    }
    run.hit('A-63')
    // the other reading. A hostNetwork pod counts as the node only where it is not told apart
    const asNode = other.kind === 'node' || run.readings.hostNetwork === 'ignore'
    if (asNode && run.readings.ownNodeEgress === 'exempt') return 'own-node'
  }
  let isolating = 0
  let allowing = 0
  for (const [index, policy] of run.world.policies.entries()) {
    if (!selects(policy, pod, run) || !governs(policy, direction, run)) continue
    isolating++
    let matched = false
    const rules = list(get(policy.spec, direction))
    if (rules.length === 0) run.hit('A-13')
    for (const [number, rule] of rules.entries()) {
      const id = `${direction} ${index} ${number}`
      if (ruleMatches(rule, policy, direction, subject, other, flow, run, id)) matched = true
    }
    if (matched) allowing++
  }
  if (isolating === 0) {
    run.hit('A-12')
    return 'not-isolated'
  }
  if (allowing > 0 && allowing < isolating) run.hit('A-16')
  return allowing > 0 ? 'rule-matched' : 'no-rule-matched'
}
