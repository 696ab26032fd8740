import { orient, type Endpoint, type PodEndpoint } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { contains } from '../net/ranges.js'
import type { Reason } from '../model/verdict.js'
import { nodeRelation, type NodeRelation } from './nodes.js'
import type { TierOutcome } from './outcome.js'
import { isHairpin, isPassedOver, isSamePod, nameOfEnd } from './readings.js'
import { evaluateTiers } from './tiers.js'
import { any, doubtful, YES } from './truth.js'
import type { View } from './view.js'

/** One direction of a flow, decided. */
export type DirectionVerdict = TierOutcome

/** Decides one direction of a flow: what no policy can touch first, then the tiers of policies. */
export function evaluateDirection(view: View, direction: Direction): DirectionVerdict {
  const { subject, peer } = orient(view.flow, direction)
  const isHairpinned = isHairpin(view.flow)
  if (isSamePod(subject, peer) && !isHairpinned) return exempt({ kind: 'same-pod' })
  if (subject.kind !== 'pod') return exempt({ kind: 'not-a-pod' })
  if (isPassedOver(subject.pod, view.reading)) return exempt({ kind: 'host-network' })
  const relation = exemptRelation(view, direction, subject, peer)
  if (relation === 'own') return exempt({ kind: 'own-node' })
  const outcome = evaluateTiers(view, direction, subject)
  const decided = isHairpinned ? reachesItself(outcome) : outcome
  return relation === 'unknown' ? withUnknownNode(decided, subject, peer) : decided
}

/** What no policy stops, a pod can do that reaches itself through a Service; one that only may stop it stays in doubt (C-27). */
function reachesItself(outcome: TierOutcome): TierOutcome {
  return outcome.reason.kind === 'not-isolated' ? { ...outcome, reason: { kind: 'same-pod' } } : outcome
}

function exempt(reason: Reason): DirectionVerdict {
  return { reason, deciding: [], allows: YES, path: [] }
}

/**
 * How the peer relates to the subject's own node, as far as that exempts: its traffic in always, the pod's
 * traffic to it only as some read the API, and a pod there only where policies take it for the node.
 */
function exemptRelation(
  { reading, compiled: { options } }: View,
  direction: Direction,
  subject: PodEndpoint,
  peer: Endpoint,
): NodeRelation {
  if (peer.kind === 'external' && options.podRanges?.some((range) => contains(range, peer.address)) === true)
    return 'other'
  if (
    direction === 'egress' &&
    (reading.ownNodeEgress === 'judge' || (peer.kind === 'pod' && reading.hostNetwork === 'enforce'))
  )
    return 'other'
  return nodeRelation(subject.pod, peer)
}

/** Where the input does not say on which node a pod is, the peer might be its own. */
function withUnknownNode(outcome: TierOutcome, subject: PodEndpoint, peer: Endpoint): TierOutcome {
  const code = peer.kind === 'external' ? 'node-address-unknown' : 'node-unknown'
  const perhaps = doubtful(false, { code, about: nameOfEnd(subject), site: null })
  return { ...outcome, allows: any([outcome.allows, perhaps]) }
}
