import type { Cidr } from '../net/cidr.js'
import type { Direction } from './direction.js'
import type { Protocol } from './protocol.js'
import type { Selector } from './labels.js'
import { formatPath, type Path, type Source } from './source.js'

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

/** One item of `from` or `to` of a policy of any kind. */
export type AnyPeer = (Peer | NodePeer | DomainPeer | UnknownPeer) & Placed

/** One item of the ports of a rule of any kind of policy. */
export type AnyPort = PortRule & Placed

/** Where something stands below its rule; left out where it is an item of the list of peers or ports itself. */
export interface Placed {
  readonly at?: Path
}

/** A rule of any kind of policy. */
export interface AnyRule {
  readonly peers: readonly AnyPeer[]
  readonly ports: readonly AnyPort[]
}

/** Nodes by label, met at their addresses (C-17). */
export interface NodePeer {
  readonly kind: 'nodes'
  readonly nodes: Selector
}

/** Destinations by host name: in lower case, `*.` in front stands for one or more labels (C-18). */
export interface DomainPeer {
  readonly kind: 'domain-names'
  readonly names: readonly string[]
}

/** A peer of a kind that is not known; it matches nothing (C-19). */
export interface UnknownPeer {
  readonly kind: 'unknown'
}

/** The lists of a rule under their names in the manifest. */
export const PEER_FIELD: Readonly<Record<Direction, 'from' | 'to'>> = { ingress: 'from', egress: 'to' }

/** The number of the item of a rule's list in which something stands that is at an index of the list as it was read. */
export function entryOf(list: readonly Placed[], index: number): number {
  const entry = list[index]?.at?.[1]
  return typeof entry === 'number' ? entry : index
}

/** What was read of an entry of a rule's list: mostly one item, more where it names several networks. */
export function itemsAt<Item extends Placed>(list: readonly Item[], entry: number): readonly Item[] {
  return list.filter((_, index) => entryOf(list, index) === entry)
}

/** Where a rule stands in its policy, as Kubernetes writes it: `spec.ingress[0]`. */
export function rulePath(direction: Direction, index: number): string {
  return formatPath(['spec', direction, index])
}
