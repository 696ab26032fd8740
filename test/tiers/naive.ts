/** The tiers by the words of their rules (C-1, C-2 and so on): one loop over tiers, policies and rules, and nothing of the engine. */
import {
  NAMESPACES,
  type Labels,
  type Named,
  type Network,
  type Pod,
  type Policy,
  type Protocol,
  type Rule,
  type World,
} from './world.js'

/** A pod, or an address outside the cluster. */
export type End = Pod | string

export interface Asked {
  readonly from: End
  readonly to: End
  readonly protocol: Protocol
  readonly port: number
}

export function allows(world: World, asked: Asked): boolean {
  const [egress] = outcomes(world, asked, 'egress', 'by-direction')
  const [ingress] = outcomes(world, asked, 'ingress', 'by-direction')
  return egress === 'allow' && ingress === 'allow'
}

/** Whether every way to read what is open says the same: the order of equal priorities (C-8), the scope of the Baseline tier (C-7). */
export function isSettled(world: World, asked: Asked): boolean {
  const verdicts = (['by-direction', 'by-pod'] as const).flatMap((baseline) =>
    outcomes(world, asked, 'egress', baseline).flatMap((egress) =>
      outcomes(world, asked, 'ingress', baseline).map((ingress) => egress === 'allow' && ingress === 'allow'),
    ),
  )
  return new Set(verdicts).size === 1
}

type Outcome = 'allow' | 'deny'

/** What a direction may come to, first of all where the name decides between equal priorities. */
function outcomes(
  world: World,
  asked: Asked,
  direction: 'egress' | 'ingress',
  baseline: 'by-direction' | 'by-pod',
  tiers: readonly Policy['tier'][] = ['Admin', 'NetworkPolicy', 'Baseline'],
): readonly Outcome[] {
  const [tier, ...later] = tiers
  const [subject, peer] = direction === 'egress' ? [asked.from, asked.to] : [asked.to, asked.from]
  if (tier === undefined || typeof subject === 'string') return ['allow']
  const next = () => outcomes(world, asked, direction, baseline, later)
  // A-64 is a choice, C-11 is not
  const seesHosts = tier === 'NetworkPolicy' && world.hostNetwork === 'enforce'
  if (subject.host && !seesHosts) return next()
  const selecting = world.policies.filter(
    (policy) => policy.tier === tier && picks(policy.subject, policy.home, subject),
  )
  const governing = selecting
    .filter((policy) => policy[direction] !== null)
    .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
  const matching = governing.flatMap((policy) => {
    const rule = (policy[direction] ?? []).find((one) => matches(world, policy, one, peer, asked, seesHosts))
    return rule === undefined ? [] : [{ order: policy.order, action: rule.action }]
  })
  if (tier === 'NetworkPolicy') {
    if (governing.length > 0) return [matching.length > 0 ? 'allow' : 'deny']
    const isolating = selecting.filter((policy) => policy.ingress !== null || policy.egress !== null)
    return isolating.length > 0 && baseline === 'by-pod' ? ['allow'] : next()
  }
  const [first] = matching
  if (first === undefined) return next()
  return matching
    .filter(({ order }) => order === first.order)
    .flatMap(({ action }) => (action === 'accept' ? ['allow'] : action === 'deny' ? ['deny'] : next()))
}

function matches(world: World, policy: Policy, rule: Rule, peer: End, asked: Asked, seesHosts: boolean): boolean {
  const opens = (one: Rule['ports'][number]) => isPort(one, asked, seesHosts)
  const opensTo = (named: Named | Network) => {
    // C-24: what is met at its address has no port names for a policy of the cluster
    const isByAddress = 'cidr' in named && policy.home === null && peer === asked.to
    return (
      rule.ports.length === 0 || rule.ports.some((one) => opens(one) && !(isByAddress && typeof one.port === 'string'))
    )
  }
  if (rule.peers.length === 0) return rule.ports.length === 0 || rule.ports.some(opens)
  return rule.peers.some((one) => isPeer(world, policy, one, peer, seesHosts) && opensTo(one))
}

function isPeer(world: World, { tier, home }: Policy, named: Named | Network, peer: End, seesHosts: boolean): boolean {
  if ('cidr' in named) {
    if (typeof peer === 'string') return holds(named.cidr, peer)
    // A-43 is a choice, C-16 is not; a pod on its host's network has the address of its node
    const isSeen = tier !== 'NetworkPolicy' || world.ipblockPods === 'match' || peer.host
    return isSeen && holds(named.cidr, peer.address)
  }
  return typeof peer !== 'string' && (!peer.host || seesHosts) && picks(named, home, peer)
}

function isPort({ protocol, port }: Rule['ports'][number], asked: Asked, seesHosts: boolean): boolean {
  if (protocol !== asked.protocol) return false
  if (port === null) return true
  if (typeof port === 'number') return port === asked.port
  if (typeof port !== 'string') return port[0] <= asked.port && asked.port <= port[1]
  const { to } = asked
  if (typeof to === 'string' || (to.host && !seesHosts)) return false
  return to.ports.some((one) => one.name === port && one.protocol === protocol && one.port === asked.port)
}

function picks({ namespaces, pods }: Named, home: string | null, pod: Pod): boolean {
  const there = namespaces === null ? pod.namespace === home : fits(namespaces, NAMESPACES[pod.namespace] ?? {})
  return there && (pods === null || fits(pods, pod.labels))
}

function fits(wanted: Labels, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => (value === null ? key in labels : labels[key] === value))
}

function holds(cidr: string, address: string): boolean {
  const [base = '', length = ''] = cidr.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size)
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}
