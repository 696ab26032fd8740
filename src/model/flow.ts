import type { Direction } from './direction.js'
import type { Protocol } from './protocol.js'
import type { Address, Family } from '../net/address.js'
import type { ClusterNode, Pod } from './cluster.js'

/** One end of a connection. */
export type Endpoint =
  PodEndpoint | { readonly kind: 'node'; readonly node: ClusterNode } | ExternalEndpoint | NamedHost

/** A pod; two endpoints of one template are the same pod only if they are the same `replica` (A-60, D-6). */
export interface PodEndpoint {
  readonly kind: 'pod'
  readonly pod: Pod
  readonly replica: number
}

/** An address outside the cluster (E-1). */
export interface ExternalEndpoint {
  readonly kind: 'external'
  readonly address: Address
  /** It was named alone, and could be that of a node whose addresses the input does not say. */
  readonly mayBeNode?: boolean
}

/** A host outside the cluster of which the name is known, and no address (E-7). */
export interface NamedHost {
  readonly kind: 'host'
  readonly name: string
}

/** The opening of one connection; replies need no rule. */
export interface Flow {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly protocol: Protocol
  /** The destination port, after any Service has been resolved. */
  readonly port: number
  /** The address family in use, or null where no end has a known address. */
  readonly family: Family | null
  /** It is made by way of a Service, so that a pod may be its own destination without reaching itself directly. */
  readonly throughService?: boolean
}

/** The end that a direction's policies govern, and the other one. */
export function orient(flow: Flow, direction: Direction): { readonly subject: Endpoint; readonly peer: Endpoint } {
  return direction === 'egress'
    ? { subject: flow.source, peer: flow.destination }
    : { subject: flow.destination, peer: flow.source }
}
