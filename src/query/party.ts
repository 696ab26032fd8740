import type { Address, Family } from '../net/address.js'
import type { AddressRange } from '../net/ranges.js'
import type { ClusterNode, ClusterService, Pod, ServicePort, Workload } from '../model/cluster.js'
import type { NamedHost } from '../model/flow.js'

/** A resolved peer of a question. */
export type Party = WorkloadParty | NodeParty | OutsideParty | NamedHost | LoopbackParty

/** Pods of one workload that nothing in the input tells apart (D-6). */
export interface WorkloadParty {
  readonly kind: 'workload'
  readonly workload: Workload
  readonly pods: readonly Pod[]
  /** What tells these pods from others of the workload, `role=leader`; null where they are all of it. */
  readonly part: string | null
  /** The pod is not in the input, but described by its labels. */
  readonly isDescribed?: true
}

export interface NodeParty {
  readonly kind: 'node'
  readonly node: ClusterNode
}

/** Addresses outside the cluster. */
export interface OutsideParty {
  readonly kind: 'outside'
  /** What the user wrote: an address, a CIDR, `internet` or `external`. */
  readonly name: string
  readonly ranges: readonly AddressRange[]
  /** One address, which could be that of a node whose addresses the input does not say. */
  readonly mayBeNode?: boolean
}

/** An address by which whoever asks reaches itself. */
export interface LoopbackParty {
  readonly kind: 'loopback'
}

/** The parties that a peer stands for. */
export interface Parties {
  readonly parties: readonly Party[]
  /** It names many at once, so that it never means a pod and itself. */
  readonly wildcard: boolean
  /** The family of the address or CIDR that was asked for, which the flow then has; else null. */
  readonly family: Family | null
  /** Set where the peer is one address, and that is the address of a pod, node or Service (E-5). */
  readonly addressOf: 'pod' | 'node' | 'service' | null
  /** The Service that leads to the parties, where the question is about one. */
  readonly service?: ClusterService
  /** How the question comes to the Service; left out where it names it. */
  readonly front?: Front
}

/** An address in front of a Service, and where it is reached under other ports than its own, which of them. */
export interface Front {
  readonly addresses: readonly Address[]
  /** Set where clients outside use it, so that a node's address may replace theirs on the way. */
  readonly isExternal: boolean
  /** The ports of the Service behind a port of a node; null where the front has the ports of the Service. */
  readonly ports: readonly ServicePort[] | null
}

/** Whether a party is or could be a node, or shares its network, so that it matters who runs there. */
export function isOnNode(party: Party): boolean {
  if (party.kind === 'outside') return party.mayBeNode === true
  return party.kind === 'node' || (party.kind === 'workload' && party.pods.some((pod) => pod.hostNetwork))
}
