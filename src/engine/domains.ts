import type { Endpoint } from '../model/flow.js'
import type { DomainPeer } from '../model/policy.js'
import { doubtful, NO, type Doubt, type Truth } from './truth.js'

/**
 * Whether a destination is one that goes by some host names. Which addresses those stand for only the cluster knows, so that
 * whatever is no pod of the cluster's own network may have one of them (C-18).
 */
export function matchDomains({ names }: DomainPeer, peer: Endpoint, doubt: Doubt): Truth {
  if (names.length === 0) return NO
  return peer.kind === 'pod' && !peer.pod.hostNetwork ? NO : doubtful(false, doubt)
}
