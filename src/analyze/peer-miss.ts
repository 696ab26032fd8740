import { addressesOf } from '../engine/ip-blocks.js'
import { nodesOf } from '../engine/node-peers.js'
import type { View } from '../engine/view.js'
import { isPassedOver } from '../engine/readings.js'
import type { Endpoint } from '../model/flow.js'
import type { Pod } from '../model/cluster.js'
import { meets, NAMESPACE_NAME_LABEL, needsLabel, type Labels, type Requirement } from '../model/labels.js'
import type { AnyPeer, IpBlock, NodePeer, SelectorPeer } from '../model/policy.js'
import type { RuleForm } from '../policy/rule-form.js'
import { contains } from '../net/ranges.js'
import type { Address, Family } from '../net/address.js'

/** One thing that kept an entry of `from` or `to` from matching. */
export type PeerMiss =
  | {
      readonly kind: 'pod-label'
      readonly wants: Requirement
      readonly found: string | null
      readonly known: boolean
      /** The namespace of the pod has what is asked of the pod. */
      readonly namespaceHas: boolean
      /** The kind of the pod's owner, or `jobTemplate`, which has it itself while the pod template has not; else null. */
      readonly ownerHas: string | null
      /** The pod template has it, outside of its metadata. */
      readonly isStray: boolean
      /** The policy asks the same of its own pods, in another namespace: kustomize adds labels to peers, too. */
      readonly asOwnPods: boolean
    }
  | {
      readonly kind: 'namespace-label'
      readonly wants: Requirement
      readonly found: string | null
      /** False where the input does not say what labels the namespace has. */
      readonly known: boolean
      readonly namespace: string
      /** Another label of the namespace that has the wanted value, as `key=value`. */
      readonly elsewhere: string | null
      /** The pod has what is asked of its namespace. */
      readonly podHas: boolean
    }
  /** The entry means the policy's own namespace. */
  | { readonly kind: 'other-namespace'; readonly wants: string; readonly found: string }
  /** Selectors match pods only. */
  | { readonly kind: 'not-a-pod' }
  | { readonly kind: 'host-network' }
  /** A null address stands for several, of all of which it is so. */
  | { readonly kind: 'outside-block'; readonly block: string; readonly address: Address | null }
  | { readonly kind: 'excepted'; readonly except: number; readonly block: string; readonly address: Address | null }
  | { readonly kind: 'other-family'; readonly block: string; readonly families: readonly Family[] }
  /** The block may hold the address but for what it excepts. */
  | { readonly kind: 'address-unknown'; readonly block: string; readonly excepts: readonly string[] }
  | { readonly kind: 'pods-never'; readonly block: string }
  /** The entry names nodes (C-17). */
  | { readonly kind: 'not-a-node' }
  | { readonly kind: 'node-label'; readonly node: string; readonly wants: Requirement; readonly found: string | null }
  | { readonly kind: 'node-unknown' }
  /** The entry names hosts by names, which nobody can look up here (C-18). */
  | { readonly kind: 'host-name'; readonly names: readonly string[]; readonly who: 'host' | 'pod' | 'address' }
  /** The entry is of a kind that is not known, and so matches nothing (C-19). */
  | { readonly kind: 'unknown-peer' }

/** How far an entry is from matching: what fails; an except was meant to, a misplaced label was meant to match, a block of another family least of all. */
export function distanceOf(misses: readonly PeerMiss[]): number {
  return misses.reduce((sum, miss) => sum + weightOf(miss), 0)
}

function weightOf(miss: PeerMiss): number {
  if (miss.kind === 'other-family') return 2
  if (miss.kind === 'pod-label') return miss.ownerHas !== null || miss.isStray ? 0.5 : 1
  return miss.kind === 'excepted' || (miss.kind === 'address-unknown' && miss.excepts.length > 0) ? 0.5 : 1
}

/** The same of several addresses that no block tells apart. */
export function ofSeveral(miss: PeerMiss): PeerMiss {
  return miss.kind === 'outside-block' || miss.kind === 'excepted' ? { ...miss, address: null } : miss
}

/** Everything that keeps one entry from matching an endpoint. */
export function missesOfPeer(entry: AnyPeer, peer: Endpoint, view: View, policy: RuleForm): readonly PeerMiss[] {
  switch (entry.kind) {
    case 'ip-block':
      return missesOfBlock(entry, peer, view)
    case 'selector':
      return missesOfSelectors(entry, peer, view, policy)
    case 'nodes':
      return missesOfNodes(entry, peer, view)
    case 'domain-names':
      return [{ kind: 'host-name', names: entry.names, who: whoHasNames(peer) }]
    case 'unknown':
      return [{ kind: 'unknown-peer' }]
  }
}

/** What can be said of the names of an endpoint: a host has its own, a pod has none, of an address nobody knows them. */
function whoHasNames(peer: Endpoint): 'host' | 'pod' | 'address' {
  if (peer.kind === 'host') return 'host'
  return peer.kind === 'pod' && !peer.pod.hostNetwork ? 'pod' : 'address'
}

function missesOfNodes({ nodes }: NodePeer, peer: Endpoint, { compiled: { cluster } }: View): readonly PeerMiss[] {
  if (peer.kind === 'external' || (peer.kind === 'pod' && !peer.pod.hostNetwork)) return [{ kind: 'not-a-node' }]
  const found = peer.kind === 'node' ? [peer.node] : peer.kind === 'host' ? [] : nodesOf(cluster, peer)
  const [node] = found
  if (node?.labels == null) return [{ kind: 'node-unknown' }]
  const { name, labels } = node
  return failing(nodes.requirements, labels).map((miss) => ({ kind: 'node-label', node: name, ...miss }))
}

function missesOfSelectors(
  entry: SelectorPeer,
  peer: Endpoint,
  { compiled: { cluster }, reading }: View,
  { home, subject }: RuleForm,
): readonly PeerMiss[] {
  if (peer.kind !== 'pod') return [{ kind: 'not-a-pod' }]
  const { pod } = peer
  if (isPassedOver(pod, reading)) return [{ kind: 'host-network' }]
  const { labels, defined } = cluster.namespaces.get(pod.namespace) ?? {
    labels: new Map<string, string>(),
    defined: true,
  }
  const isKnown = ({ wants }: { wants: Requirement }) => defined || wants.key === NAMESPACE_NAME_LABEL
  const namespace = pod.namespace
  const byNamespace: readonly PeerMiss[] =
    entry.namespaces !== null
      ? failing(entry.namespaces.requirements, labels).map((miss) => ({
          kind: 'namespace-label',
          namespace,
          known: isKnown(miss),
          elsewhere: labelWith(labels, miss.wants),
          podHas: needsLabel(miss.wants) && meets(pod.labels, miss.wants),
          ...miss,
        }))
      : namespace === home
        ? []
        : [{ kind: 'other-namespace', wants: home ?? '', found: namespace }]
  const byPod = failing(entry.pods?.requirements ?? [], pod.labels).map(
    (miss) =>
      ({
        kind: 'pod-label',
        known: !pod.unpredictableLabels.includes(miss.wants.key),
        namespaceHas: needsLabel(miss.wants) && meets(labels, miss.wants),
        ownerHas: needsLabel(miss.wants) ? ownerWith(pod, miss.wants) : null,
        isStray: pod.owner !== null && needsLabel(miss.wants) && meets(pod.owner.strayLabels, miss.wants),
        asOwnPods:
          miss.found === null && namespace !== home && asksTheSame(subject.pods?.requirements ?? [], miss.wants),
        ...miss,
      }) as const,
  )
  return [...byNamespace, ...byPod]
}

/** What above a pod has a label that the pod template lacks. */
function ownerWith({ owner }: Pod, wants: Requirement): string | null {
  if (owner === null) return null
  if (meets(owner.labels, wants)) return owner.kind
  return meets(owner.jobLabels, wants) ? 'jobTemplate' : null
}

/** The label that has a value which is wanted of another, as `key=value`. */
function labelWith(labels: Labels, { operator, values }: Requirement): string | null {
  if (operator !== 'In') return null
  const found = [...labels].find(([, value]) => value !== '' && values.includes(value))
  return found === undefined ? null : found.join('=')
}

function asksTheSame(requirements: readonly Requirement[], { key, operator, values }: Requirement): boolean {
  return requirements.some(
    (own) => own.key === key && own.operator === 'In' && operator === 'In' && own.values.join() === values.join(),
  )
}

function failing(
  requirements: readonly Requirement[],
  labels: Labels,
): readonly { wants: Requirement; found: string | null }[] {
  return requirements
    .filter((wants) => !meets(labels, wants))
    .map((wants) => ({ wants, found: labels.get(wants.key) ?? null }))
}

function missesOfBlock(
  entry: IpBlock,
  peer: Endpoint,
  { flow: { family }, reading, compiled }: View,
): readonly PeerMiss[] {
  const block = entry.cidr.text
  if (peer.kind === 'pod' && !peer.pod.hostNetwork && reading.ipblockPods === 'never')
    return [{ kind: 'pods-never', block }]
  const addresses = addressesOf(peer)
  const address = addresses.find((candidate) => candidate.family === family) ?? addresses[0]
  const families = family !== null ? [family] : address !== undefined ? [address.family] : compiled.cluster.families
  if (!families.includes(entry.cidr.family)) return [{ kind: 'other-family', block, families }]
  if (address === undefined) return [{ kind: 'address-unknown', block, excepts: entry.except.map(({ text }) => text) }]
  if (!contains(entry.cidr, address)) return [{ kind: 'outside-block', block, address }]
  const except = entry.except.findIndex((hole) => contains(hole, address))
  return except < 0 ? [] : [{ kind: 'excepted', except, block: entry.except[except]?.text ?? block, address }]
}
