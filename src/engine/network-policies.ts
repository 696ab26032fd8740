import { orient, type Direction, type PodEndpoint } from '../model/flow.js'
import { PEER_FIELD, type NetworkPolicy } from '../model/policy.js'
import type { Reason, RuleMatch } from '../model/verdict.js'
import { matchPeers } from './peers.js'
import { matchPorts, namesOfPort } from './ports.js'
import { selectsPod } from './selectors.js'
import { allowedBy, any, canBe, type DoubtSite, type Truth } from './truth.js'
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
    .map(({ policy, selects }) => ({ policy, selects, ...matchRules(view, direction, policy) }))
  const isolating = considered.filter(({ selects }) => selects.value)
  const rules = isolating.flatMap(({ matched }) => matched)
  return {
    reason:
      isolating.length === 0
        ? { kind: 'not-isolated' }
        : rules.length > 0
          ? { kind: 'rule-matched', rules }
          : { kind: 'no-rule-matched' },
    isolating: isolating.map(({ policy }) => policy),
    allows: allowedBy(considered),
  }
}

interface RuleOutcome {
  readonly matches: Truth
  readonly matched: readonly RuleMatch[]
}

/** Within a rule, peers and ports must both match; rules are alternatives. */
function matchRules(view: View, direction: Direction, policy: NetworkPolicy): RuleOutcome {
  const { peer } = orient(view.flow, direction)
  const truths: Truth[] = []
  const matched: RuleMatch[] = []
  const rules = policy.rules[direction]
  const { protocol, port, destination } = view.flow
  const names = namesOfPort(destination, protocol, port, view.reading)
  for (const index of view.compiled.finderOf(rules)(protocol, port, names)) {
    const rule = rules[index]
    const ports = rule === undefined ? [] : matchPorts(rule, view)
    if (rule === undefined || ports?.length === 0) continue
    const siteOf = (entry: number): DoubtSite => ({
      policy,
      path: ['spec', direction, index, PEER_FIELD[direction], entry],
    })
    const { truth, peers } = matchPeers(rule, peer, view, policy, siteOf)
    truths.push(truth)
    if (truth.value) matched.push({ policy, direction, rule: index, peers, ports })
  }
  return { matches: any(truths), matched }
}
