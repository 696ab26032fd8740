import { type Address, inside, parsePrefix } from './addresses.js'
import { blocksMatch, readBlocks } from './blocks.js'
import type { ReasonKind } from './evaluate.js'
import { get, list, unset } from './json.js'
import { type Flow, isSamePod, type Party } from './parties.js'
import { peersMatch } from './peers.js'
import { type PortMatch, portsMatch } from './ports.js'
import { aside, ask, overheard, type Run, unheard } from './run.js'
import { isEmptySelector, labelValue, selectorMatches } from './selectors.js'
import { decide, type Decision } from './tiers.js'
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

/** where nodes usually have their addresses. */
export const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/** an address that could be a node's: private, in no pod range, where the input shows no node of its family. */
export function mayBeNode(address: Address, run: Run): boolean {
  for (const range of run.podCidrs) if (inside(address, range)) return false
  for (const node of run.world.nodes) for (const one of node.addresses) if (one.family === address.family) return false
  for (const range of PRIVATE) if (inside(address, parsePrefix(range))) return true
  return false
}

/** the other end is the subject's own node, or a hostNetwork pod on it. */
function onOwnNode(subject: Pod, other: Party, direction: Direction, run: Run): boolean {
  if (other.kind === 'host') return false // E-7: outside the cluster
  if (other.kind === 'external') {
    if (direction === 'egress' || !mayBeNode(other.address, run)) return false // E-1, A-63
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

interface Rule {
  policy: Policy
  /** Its place in the list of its direction. */
  index: number
  content: unknown
  peers: unknown
  port: PortMatch
}

/** The rules of a policy, in order, with what their ports say of the flow. */
function rulesOf(policy: Policy, direction: Direction, subject: Party, other: Party, flow: Flow, run: Run): Rule[] {
  const found: Rule[] = []
  for (const [index, content] of list(get(policy.spec, direction)).entries()) {
    const peers = get(content, direction === 'ingress' ? 'from' : 'to')
    const ports = get(content, 'ports')
    const [source, destination] = direction === 'ingress' ? [other, subject] : [subject, other]
    const port = portsMatch(ports, destination, flow, run)
    if (run.hit !== unheard) {
      if (portsMatch(ports, source, flow, { ...run, hit: unheard }).matched !== port.matched) run.hit('A-50')
    }
    found.push({ policy, index, content, peers, port })
  }
  return found
}

function ruleMatches(rule: Rule, direction: Direction, other: Party, blockMatches: boolean, run: Run): boolean {
  if (rule.content === null) run.hit('A-15.rule') // as {}
  if (list(rule.peers).length === 0 && list(get(rule.content, 'ports')).length === 0) run.hit('A-14')
  const peer = peersMatch(rule.peers, rule.policy.namespace, other, blockMatches, run)
  if (peer.matched !== rule.port.matched) run.hit('A-17')
  if (direction === 'ingress' && peer.byBlock && rule.port.byName) run.hit('A-54e') // A-54e
  if (direction === 'egress' && rule.port.byName) run.hit('A-54d.pod') // A-54d, also when `to` is empty
  return peer.matched && rule.port.matched
}

export interface Side {
  reason: ReasonKind
  /** The rules that match: `ns/policy spec.ingress[0]`. */
  rules: string[]
}

/** under the other reading blocks see the address of the Service, which is neither a pod's nor in a pod range. */
function seenByBlocks(other: Party, { via }: Flow, run: Run): Party {
  if (via === undefined || run.readings.serviceAddress === 'pod') return other
  return { kind: 'node', node: { name: undefined, addresses: [...via.addresses] } }
}

const without = (reason: ReasonKind): Side => ({ reason, rules: [] })

/** The tier of NetworkPolicies: undefined where none isolates the pod in the direction. */
function byNetworkPolicies(direction: Direction, subject: Party & { kind: 'pod' }, other: Party, flow: Flow, run: Run) {
  const isolating: Policy[] = []
  const rules: Rule[] = []
  for (const policy of run.world.policies) {
    if (!selects(policy, subject.pod, run) || !governs(policy, direction, run)) continue
    isolating.push(policy)
    const own = rulesOf(policy, direction, subject, other, flow, run)
    if (own.length === 0) run.hit('A-13')
    rules.push(...own)
  }
  if (isolating.length === 0) {
    run.hit('A-12')
    return undefined
  }
  const seen = direction === 'egress' ? seenByBlocks(other, flow, run) : other
  // of a rule that is not open to the port no block counts; A-54d: the address of a Service declares no names
  const counts = ({ port }: Rule) => port.byNumber || (port.byName && seen === other)
  const open = rules.map((rule) => (counts(rule) ? readBlocks(rule.peers) : []))
  const byBlock = blocksMatch(open, seen, flow, run, `A-45 ${direction} ${flow.family ?? 'any family'}`)
  const matching = rules.filter((rule, n) => ruleMatches(rule, direction, other, byBlock[n] === true, run))
  if (matching.length === 0) return without('no-rule-matched')
  if (!isolating.every((policy) => matching.some((rule) => rule.policy === policy))) run.hit('A-16')
  const names = matching.map(
    ({ policy, index }) => `${policy.namespace}/${policy.name} spec.${direction}[${String(index)}]`,
  )
  return { reason: 'rule-matched' as const, rules: names }
}

function decided({ action, rule }: Decision, tier: 'admin' | 'baseline', run: Run): Side {
  run.hit(`${action === 'Accept' ? 'C-3' : 'C-4'}.${tier}`)
  return { reason: action === 'Accept' ? `${tier}-accept` : `${tier}-deny`, rules: [rule] } // C-3, C-4
}

/** C-1. Every tier is looked at, so that every unknown thing is asked about. */
function byTiers(direction: Direction, subject: Party & { kind: 'pod' }, other: Party, flow: Flow, run: Run): Side {
  const { value: admin, isSure } = overheard(run, (own) => decide('Admin', direction, subject.pod, other, flow, own))
  // What the other tiers would ask does not matter where the first one surely decides
  const rest = isSure && admin !== undefined && admin.action !== 'Pass' ? aside(run) : run
  // the reading by which NetworkPolicies do not apply; those of the cluster do (C-27)
  const itself = isSamePod(subject, other)
  if (itself && run.world.clusterPolicies.length > 0) run.hit('C-27.service')
  const isExempt = itself && run.readings.hairpin === 'exempt'
  const own = isExempt ? undefined : byNetworkPolicies(direction, subject, other, flow, rest)
  const baseline = decide('Baseline', direction, subject.pod, other, flow, own === undefined ? rest : aside(run))
  if (admin !== undefined && admin.action !== 'Pass') return decided(admin, 'admin', run)
  if (admin !== undefined) run.hit(own !== undefined ? 'C-5.policies' : 'C-5.baseline') // C-5
  if (own !== undefined) {
    if (baseline !== undefined) run.hit('C-7') // C-7
    return own
  }
  const nobody = without(itself ? 'same-pod' : 'not-isolated')
  const isSelected = run.world.policies.some((policy) => selects(policy, subject.pod, { ...run, hit: unheard }))
  if (isSelected && baseline !== undefined && !isExempt) {
    run.hit('C-7.other-direction')
    if (run.readings.isolation === 'any') return nobody // C-7: the other reading
  }
  if (baseline !== undefined && baseline.action !== 'Pass') return decided(baseline, 'baseline', run)
  if (baseline !== undefined) run.hit('C-5.last') // C-5: nothing is left
  run.hit('C-1.default')
  return nobody // C-1
}

export function evaluateDirection(direction: Direction, subject: Party, other: Party, flow: Flow, run: Run): Side {
  if (isSamePod(subject, other)) {
    run.hit(flow.via === undefined ? 'A-60' : 'A-61')
    if (flow.via === undefined) return without('same-pod') // A-60, C-27
  }
  if (subject.kind !== 'pod') return without('not-a-pod') // E-2
  const pod = subject.pod
  if (pod.terminating) run.hit('A-6') // a full subject
  if (pod.addresses.length === 0) run.hit('A-7.no-address') // a subject as well
  if (pod.hostNetwork) {
    run.hit(run.readings.hostNetwork === 'ignore' ? 'A-64.subject' : 'A-64.enforce')
    if (run.readings.hostNetwork === 'ignore') return without('host-network')
  }
  if (onOwnNode(pod, other, direction, run)) {
    if (direction === 'ingress') {
      run.hit('A-62')
      return without('own-node')
    }
    run.hit('A-63')
    // the other reading. A hostNetwork pod counts as the node only where it is not told apart
    const asNode = other.kind === 'node' || run.readings.hostNetwork === 'ignore'
    if (asNode && run.readings.ownNodeEgress === 'exempt') return without('own-node')
  }
  return byTiers(direction, subject, other, flow, run)
}
