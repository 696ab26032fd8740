import { orient, type PodEndpoint } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { PEER_FIELD, type NetworkPolicy } from '../model/policy.js'
import type { Reason, RuleMatch } from '../model/verdict.js'
import { matchPeers, type PeerMatch } from './peers.js'
import { matchPorts, namesOfPort } from './ports.js'
import { selectsPod } from './selectors.js'
import { allowedBy, any, canBe, type DoubtSite, type Truth } from './truth.js'
import { allowedWherever, holdsAsThingsStand, whereaboutsOf, type Whereabouts } from './unknown-address.js'
import type { View } from './view.js'

/** What the NetworkPolicies of the subject's namespace say of one direction. */
export interface PolicyOutcome {
  readonly reason: Reason
  /** The policies that isolate the subject in this direction. */
  readonly isolating: readonly NetworkPolicy[]
  /** Whether the direction allows, with what could change that. */
  readonly allows: Truth
}

/** The NetworkPolicy tier: isolation, then the union of the rules of all isolating policies. */
export function evaluatePolicies(view: View, direction: Direction, subject: PodEndpoint): PolicyOutcome {
  const considered = (view.compiled.policiesIn.get(subject.pod.namespace) ?? [])
    .filter((policy) => policy.isolates[direction])
    .map((policy) => ({
      policy,
      selects: selectsPod(
        policy.subject,
        subject.pod,
        { policy, path: ['spec', 'podSelector'] },
        view.completion,
        subject.replica,
      ),
    }))
    .filter(({ selects }) => canBe(true, selects))
    .map(({ policy, selects }): Considered => ({ policy, selects, rules: openRules(view, direction, policy) }))
  const isolating = considered.filter(({ selects }) => selects.value)
  const inDoubt = considered.some(({ rules }) => rules.some(({ unknown }) => unknown !== null))
  const where = inDoubt ? whereaboutsOf(orient(view.flow, direction).peer, view) : null
  const open = isolating.flatMap(({ rules }) => rules)
  const rules = (where === null ? matching(open) : matchingWherever(open, where)).map(({ match }) => match)
  return {
    reason:
      isolating.length === 0
        ? { kind: 'not-isolated' }
        : rules.length > 0
          ? { kind: 'rule-matched', rules }
          : { kind: 'no-rule-matched' },
    isolating: isolating.map(({ policy }) => policy),
    allows: where === null ? allowedBy(considered.map(known)) : allowedAnywhere(considered, where),
  }
}

/** A policy that may select the subject, and those of its rules that are open to the port. */
interface Considered {
  readonly policy: NetworkPolicy
  readonly selects: Truth
  readonly rules: readonly OpenRule[]
}

/** A rule that is open to the asked port, and what its peers make of the other end. */
interface OpenRule extends Pick<PeerMatch, 'truth' | 'unknown'> {
  readonly match: RuleMatch
}

function openRules(view: View, direction: Direction, policy: NetworkPolicy): readonly OpenRule[] {
  const { peer } = orient(view.flow, direction)
  const rules = policy.rules[direction]
  const { protocol, port, destination } = view.flow
  const names = namesOfPort(destination, protocol, port, view.reading)
  return view.compiled
    .finderOf(rules)(protocol, port, names)
    .flatMap((index): readonly OpenRule[] => {
      const rule = rules[index]
      const ports = rule === undefined ? [] : matchPorts(rule, view)
      if (rule === undefined || ports?.length === 0) return []
      const siteOf = (entry: number): DoubtSite => ({
        policy,
        path: ['spec', direction, index, PEER_FIELD[direction], entry],
      })
      const { truth, peers, unknown } = matchPeers(rule, peer, view, policy, siteOf)
      return [{ truth, unknown, match: { policy, direction, rule: index, peers, ports } }]
    })
}

/** Rules are alternatives. */
function known({ selects, rules }: Considered): { readonly selects: Truth; readonly matches: Truth } {
  return { selects, matches: any(rules.map(({ truth }) => truth)) }
}

function matching(rules: readonly OpenRule[]): readonly OpenRule[] {
  return rules.filter(({ truth }) => truth.value)
}

/** The rules that match a peer without a known address; where only several together hold all that it may be, all of them. */
function matchingWherever(rules: readonly OpenRule[], where: Whereabouts): readonly OpenRule[] {
  const isEnough = rules.some(({ unknown }) => unknown?.isEnough === true)
  const ranges = rules.flatMap(({ unknown }) => unknown?.holds ?? [])
  if (isEnough || !holdsAsThingsStand(ranges, where)) return matching(rules)
  return rules.flatMap((rule) => {
    if (rule.unknown === null) return matching([rule])
    return [{ ...rule, match: { ...rule.match, peers: rule.unknown.peers } }]
  })
}

function allowedAnywhere(considered: readonly Considered[], where: Whereabouts): Truth {
  const policies = considered.map(({ selects, rules }) => ({
    selects,
    matches: any(rules.map(({ truth, unknown }) => unknown?.otherwise ?? truth)),
    holds: rules.flatMap(({ unknown }) => unknown?.holds ?? []),
  }))
  const unknownOf = (some: readonly Considered[]) =>
    some.flatMap(({ rules }) => rules.flatMap(({ unknown }) => unknown ?? []))
  // A rule that is enough makes the others superfluous
  const enough = unknownOf(considered.filter(({ selects }) => selects.value)).filter(({ isEnough }) => isEnough)
  const told = enough.length > 0 ? enough : unknownOf(considered)
  const doubts = told.flatMap(({ doubts: some }) => some)
  return allowedWherever(policies, where, doubts)
}
