import { selects } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import type { CompiledCluster } from '../engine/compile.js'
import type { Direction } from '../model/direction.js'
import { PROTOCOLS } from '../model/protocol.js'
import { once } from '../model/once.js'
import type { AnyPeer, AnyRule, PortRule, SelectorPeer } from '../model/policy.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { Party } from '../query/party.js'
import type { PortQuestion } from '../query/port.js'

/** So many steps, of a microsecond or less, take some seconds. */
export const MOST_STEPS = 4_000_000

/** Finding the policies of a pod, deciding and noting take as long as so many entries. */
const STEPS_OF_A_FLOW = 16

/** A selector of namespaces leaves a doubt where the labels of one are unknown, which takes as long as so many entries. */
const STEPS_OF_A_DOUBT = 6

/** So many values of a selector are gone through in the time of an entry. */
const VALUES_OF_A_STEP = 64

/** Telling what a rule matched or lacked, for each flow that is shown, takes as long as so many entries. */
const STEPS_OF_A_RULE = 90

/**
 * Whether all pairs of two sides take more steps than the limit: for each port that policies tell apart, the policies in a
 * pod's namespace and the entries of the rules that govern it and open the port, for each pod of the other side; and for the
 * flows that are `shown` all rules that govern them. Counting ends where the limit is passed, since it costs as well.
 */
export function isTooCostly(
  compiled: CompiledCluster,
  sources: readonly Party[],
  destinations: readonly Party[],
  port: PortQuestion,
  shown = Infinity,
  most = MOST_STEPS,
): boolean {
  let steps = 0
  const exceeds = (parties: readonly Party[], direction: Direction, others: readonly Party[]): boolean => {
    const cost = stepsFor(compiled, direction, port)
    const outside = others.reduce((sum, party) => sum + (party.kind === 'outside' ? party.ranges.length : 0), 0)
    const inside = others.filter(({ kind }) => kind !== 'outside').length
    let told = shown
    return parties.some((party) => {
      const { looked, rules } = cost(party, inside, outside)
      steps += looked + STEPS_OF_A_RULE * rules * Math.min(told, inside + outside)
      told = Math.max(0, told - inside - outside)
      return steps > most
    })
  }
  return exceeds(sources, 'egress', destinations) || exceeds(destinations, 'ingress', sources)
}

/** What a party takes in one direction with so many others inside, and so many ranges outside, of the cluster. */
type Cost = (party: Party, inside: number, outside: number) => Costs

interface Costs {
  readonly looked: number
  /** The rules that govern it, each of which is told of. */
  readonly rules: number
}

function stepsFor({ policiesIn, cluster }: CompiledCluster, direction: Direction, port: PortQuestion): Cost {
  // One port is asked as often as there are protocols; of several, every one at which a policy begins or ends
  const isOne = port.kind === 'name' || port.kind === 'service' || (port.kind === 'range' && port.first === port.last)
  const isUnknown = [...cluster.namespaces.values()].some(({ defined }) => !defined)
  const stepsOf = (peer: AnyPeer): number =>
    peer.kind !== 'selector'
      ? 0
      : valuesOf(peer) / VALUES_OF_A_STEP + (isUnknown && peer.namespaces !== null ? STEPS_OF_A_DOUBT : 1)
  const protocols = port.kind === 'range' ? port.protocols.length : PROTOCOLS.length
  const placed = once((policies: readonly RuleForm[]) => {
    const rules = policies.flatMap((policy) => policy.rules[direction])
    return {
      isolating: policies.filter(({ applies }) => applies[direction]),
      pieces: protocols + (isOne ? 0 : rules.reduce((sum, { ports }) => sum + 2 * ports.length, 0)),
      // Every block cuts the addresses outside in two places
      edges: rules.reduce((sum, { peers }) => sum + edgesOf(peers), 1),
    }
  })
  return (party, inside, outside) => {
    const [pod] = party.kind === 'workload' ? party.pods : []
    const policies = pod === undefined ? [] : policiesIn(pod.namespace)
    if (pod === undefined || policies.length === 0)
      return { looked: protocols * STEPS_OF_A_FLOW * (inside + outside), rules: 0 }
    const { isolating, pieces, edges } = placed(policies)
    const addresses = outside * edges
    const alone = pieces * (STEPS_OF_A_FLOW + policies.length) * (inside + addresses)
    const rules = isolating
      .filter(({ ref, home, subject, subjectPath }) =>
        canBe(true, selects(subject, home, cluster, pod, { policy: ref, path: subjectPath })),
      )
      .flatMap(({ rules }) => rules[direction])
    const looked = rules.reduce((sum, rule) => {
      // Blocks are found by an index where the address is known; of a pod it need not be
      const selectors = rule.peers.reduce((sum, peer) => sum + stepsOf(peer), 0)
      return sum + opened(rule, pieces) * ((1 + selectors + edgesOf(rule.peers)) * inside + (1 + selectors) * addresses)
    }, alone)
    return { looked, rules: rules.length }
  }
}

function valuesOf({ namespaces, pods }: SelectorPeer): number {
  return [namespaces, pods].reduce(
    (sum, selector) => (selector?.requirements ?? []).reduce((all, { values }) => all + values.length, sum),
    0,
  )
}

function edgesOf(peers: AnyRule['peers']): number {
  return peers.reduce((sum, peer) => sum + (peer.kind === 'ip-block' ? 2 + 2 * peer.except.length : 0), 0)
}

/** At how many of some ports a rule is looked at: a range may hold all of them, an entry of one port is one. */
function opened({ ports }: AnyRule, pieces: number): number {
  return ports.length === 0 || ports.some(isWide) ? pieces : Math.min(pieces, ports.length)
}

function isWide({ port }: PortRule): boolean {
  return port === null || (typeof port !== 'string' && port.first !== port.last)
}
