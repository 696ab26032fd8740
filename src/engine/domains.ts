import type { Endpoint } from '../model/flow.js'
import type { DomainPeer } from '../model/policy.js'
import { doubtful, NO, sure, type Doubt, type Truth } from './truth.js'

/**
 * Whether a destination is one that goes by some host names. Of a host that was asked for by its name that is known; which
 * addresses a name stands for only the cluster knows, so that whatever else is no pod of the cluster's own network may have one (C-18).
 */
export function matchDomains({ names }: DomainPeer, peer: Endpoint, doubt: Doubt): Truth {
  if (names.length === 0 || (peer.kind === 'pod' && !peer.pod.hostNetwork)) return NO
  if (peer.kind !== 'host') return doubtful(false, doubt)
  const asked = peer.name.toLowerCase().replace(/\.$/, '')
  return sure(names.some((name) => isNamed(asked, name)))
}

/** `*.` stands for one or more whole labels, and not for none. */
function isNamed(host: string, name: string): boolean {
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length >= name.length : host === name
}
