import type { Cidr } from '../net/cidr.js'
import type { Direction } from './direction.js'
import type { Protocol } from './protocol.js'
import type { Selector } from './labels.js'
import { formatPath, type Source } from './source.js'

/** A policy of any kind that is evaluated, as it was read. `src/policy` turns each into the one form that answers come from. */
export type Policy = NetworkPolicy

/** Whether a policy is a NetworkPolicy: what is probably not meant, and what a test would miss, is known of these. */
export function isNetworkPolicy(policy: { readonly kind: string }): policy is NetworkPolicy {
  return policy.kind === 'NetworkPolicy'
}

/** A NetworkPolicy after defaulting: nothing downstream sees null, absent or a default that is not written down. */
export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy'
  readonly namespace: string
  readonly name: string
  /** Whether it says its namespace; else it was given one. */
  readonly hasNamespace: boolean
  readonly source: Source
  /** The pods of its own namespace that it governs. */
  readonly subject: Selector
  /** Its effective policyTypes. */
  readonly isolates: Readonly<Record<Direction, boolean>>
  /** Rules as written, inert ones included: look at `isolates` first. */
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>
}

/** One item of `spec.ingress` or `spec.egress`. Without peers it means everybody, without ports all ports. */
export interface Rule {
  readonly peers: readonly Peer[]
  readonly ports: readonly PortRule[]
}

/** One item of `from` or `to`. */
export type Peer = SelectorPeer | IpBlock

/** Pods by label; `namespaces: null` means the namespace of the policy, `pods: null` every pod there. */
export interface SelectorPeer {
  readonly kind: 'selector'
  readonly namespaces: Selector | null
  readonly pods: Selector | null
}

/** Addresses inside `cidr` and inside no `except`. */
export interface IpBlock {
  readonly kind: 'ip-block'
  readonly cidr: Cidr
  readonly except: readonly Cidr[]
}

/** One item of `ports`: a protocol and a range, a name that each destination pod resolves, or null for all. */
export interface PortRule {
  readonly protocol: Protocol
  readonly port: PortRange | string | null
}

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number
  readonly last: number
}

/** The lists of a rule under their names in the manifest. */
export const PEER_FIELD: Readonly<Record<Direction, 'from' | 'to'>> = { ingress: 'from', egress: 'to' }

/** Where a rule stands in its policy, as Kubernetes writes it: `spec.ingress[0]`. */
export function rulePath(direction: Direction, index: number): string {
  return formatPath(['spec', direction, index])
}
