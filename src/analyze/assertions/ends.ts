import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { NamedHost } from '../../model/flow.js'
import type { NodeParty, OutsideParty, Party } from '../../query/party.js'
import type { AddressRange } from '../../net/ranges.js'
import { EXTERNAL } from '../connections.js'

/** One end of a pair that a test asks about. */
export type End =
  | { readonly kind: 'endpoint'; readonly id: string; readonly endpoint: MatrixEndpoint }
  /** Addresses outside the cluster, which are one end however many they are. */
  | { readonly kind: 'outside'; readonly id: typeof EXTERNAL; readonly ranges: readonly AddressRange[] }
  /** What the matrix does not show: a node, or one address that may be a node's. */
  | { readonly kind: 'single'; readonly id: string; readonly party: NodeParty | OutsideParty | NamedHost }

/** An endpoint of the matrix as an end. */
export type EndpointEnd = Extract<End, { kind: 'endpoint' }>

/** The end of an endpoint; there is one for each. */
export function endOf(endpoint: MatrixEndpoint): EndpointEnd {
  return { kind: 'endpoint', id: endpoint.id, endpoint }
}

/** The namespace of an end, which addresses and nodes do not have. */
export function namespaceOf(end: End): string | null {
  return end.kind === 'endpoint' ? end.endpoint.party.workload.namespace : null
}

/** An end as the one-pair engine takes it. */
export function partyOf(end: End): Party {
  switch (end.kind) {
    case 'endpoint':
      return end.endpoint.party
    case 'outside':
      return { kind: 'outside', name: EXTERNAL, ranges: end.ranges }
    case 'single':
      return end.party
  }
}

/** Whether a policy could have a say in a connection, and a pod does not connect to itself. */
export function isPair(from: End, to: End): boolean {
  if (from.kind !== 'endpoint') return to.kind === 'endpoint'
  return to.kind !== 'endpoint' || from.endpoint !== to.endpoint || from.endpoint.another
}
