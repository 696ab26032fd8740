import { orient, type Direction, type Endpoint, type Flow, type PodEndpoint } from '../model/flow.js'
import type { NetworkPolicy } from '../model/policy.js'
import { VERDICT_OF, type Certainty, type Reason, type Verdict } from '../model/verdict.js'
import type { CompiledCluster } from './compile.js'
import { evaluatePolicies, type PolicyOutcome } from './network-policies.js'
import { nodeRelation, type NodeRelation } from './nodes.js'
import { all, any, certaintyOf, doubtful, either, NO, YES, type Doubt, type Truth } from './truth.js'

/** One direction of a flow, decided. */
export interface DirectionVerdict {
  readonly direction: Direction
  readonly reason: Reason
  readonly isolating: readonly NetworkPolicy[]
  /** Whether the direction allows, with what could change that. */
  readonly allows: Truth
}

/** A flow, decided: both directions must allow it. */
export interface FlowVerdict {
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly egress: DirectionVerdict
  readonly ingress: DirectionVerdict
  /** What is in doubt in either direction, even where the other one settles the verdict. */
  readonly doubts: readonly Doubt[]
}

/** Decides a flow. */
export function evaluate(compiled: CompiledCluster, flow: Flow): FlowVerdict {
  const egress = evaluateDirection(compiled, flow, 'egress')
  const ingress = evaluateDirection(compiled, flow, 'ingress')
  return {
    verdict: VERDICT_OF[egress.reason.kind] === 'allow' ? VERDICT_OF[ingress.reason.kind] : 'deny',
    certainty: certaintyOf(all([egress.allows, ingress.allows])),
    egress,
    ingress,
    doubts: [...egress.allows.doubts, ...ingress.allows.doubts],
  }
}

/**
 * Decides one direction of a flow: what no policy can touch first, then the policies.
 *
 * A pod is isolated in a direction once some policy selects it and lists that direction (A-12). From then on only the
 * union of those policies' rules gets through (A-16), so neither policy order nor rule order can matter.
 */
export function evaluateDirection(compiled: CompiledCluster, flow: Flow, direction: Direction): DirectionVerdict {
  const { subject, peer } = orient(flow, direction)
  if (isSamePod(subject, peer)) return exempt(direction, { kind: 'same-pod' })
  if (subject.kind !== 'pod') return exempt(direction, { kind: 'not-a-pod' })
  const relation = nodeRelation(subject.pod, peer)
  const passedOver = subject.pod.hostNetwork && compiled.options.hostNetwork !== 'enforce'
  if (direction === 'ingress' && relation === 'own') {
    return exempt(direction, { kind: passedOver ? 'host-network' : 'own-node' })
  }
  if (passedOver && compiled.options.hostNetwork === 'ignore') return exempt(direction, { kind: 'host-network' })
  const isNode = peer.kind === 'node' || compiled.options.hostNetwork !== 'enforce'
  const exempted = direction === 'ingress' || isNode ? relation : 'other'
  const outcome = withNode(evaluatePolicies(compiled, flow, direction, subject), subject, exempted, direction)
  if (!passedOver) return { direction, ...outcome }
  const doubt: Doubt = { code: 'host-network', about: nameOf(subject), site: null }
  return { ...exempt(direction, { kind: 'host-network' }), allows: either(YES, outcome.allows, doubt) }
}

/** Two replicas of one workload are different pods. */
function isSamePod(a: Endpoint, b: Endpoint): boolean {
  return a.kind === 'pod' && b.kind === 'pod' && a.pod === b.pod && a.replica === b.replica
}

function exempt(direction: Direction, reason: Reason): DirectionVerdict {
  return { direction, reason, isolating: [], allows: YES }
}

/** Traffic from a pod's own node is let in, and traffic to it may be exempt as well. */
function withNode(
  outcome: PolicyOutcome,
  subject: PodEndpoint,
  relation: NodeRelation,
  direction: Direction,
): PolicyOutcome {
  if (relation === 'other') return outcome
  const about = nameOf(subject)
  const sameNode = relation === 'own' ? YES : doubtful(false, { code: 'node-unknown', about, site: null })
  const exempts = direction === 'ingress' ? YES : either(NO, YES, { code: 'own-node-egress', about, site: null })
  return { ...outcome, allows: any([outcome.allows, all([sameNode, exempts])]) }
}

function nameOf({ pod }: PodEndpoint): string {
  return `${pod.namespace}/${pod.name}`
}
