import { addressesOf } from '../engine/ip-blocks.js'
import type { View } from '../engine/view.js'
import { isPassedOver } from '../engine/readings.js'
import type { Endpoint } from '../model/flow.js'
import { meets, type Labels, type Requirement } from '../model/labels.js'
import type { IpBlock, NetworkPolicy, Peer, SelectorPeer } from '../model/policy.js'
import { contains } from '../net/ranges.js'
import type { Address } from '../net/address.js'

/** One thing that kept an entry of `from` or `to` from matching. */
export type PeerMiss =
  | { readonly kind: 'pod-label'; readonly wants: Requirement; readonly found: string | null }
  | {
      readonly kind: 'namespace-label'
      readonly wants: Requirement
      readonly found: string | null
      readonly namespace: string
    }
  /** The entry means the policy's own namespace. */
  | { readonly kind: 'other-namespace'; readonly wants: string; readonly found: string }
  /** Selectors match pods only. */
  | { readonly kind: 'not-a-pod' }
  | { readonly kind: 'host-network' }
  | { readonly kind: 'outside-block'; readonly block: string; readonly address: Address }
  | { readonly kind: 'excepted'; readonly except: number; readonly block: string; readonly address: Address }
  | { readonly kind: 'other-family'; readonly block: string; readonly address: Address }
  | { readonly kind: 'address-unknown'; readonly block: string }
  | { readonly kind: 'pods-never'; readonly block: string }

/** Everything that keeps one entry from matching an endpoint. */
export function missesOfPeer(entry: Peer, peer: Endpoint, view: View, policy: NetworkPolicy): readonly PeerMiss[] {
  return entry.kind === 'ip-block' ? missesOfBlock(entry, peer, view) : missesOfSelectors(entry, peer, view, policy)
}

function missesOfSelectors(
  entry: SelectorPeer,
  peer: Endpoint,
  { compiled: { cluster }, reading }: View,
  policy: NetworkPolicy,
): readonly PeerMiss[] {
  if (peer.kind !== 'pod') return [{ kind: 'not-a-pod' }]
  const { pod } = peer
  if (isPassedOver(pod, reading)) return [{ kind: 'host-network' }]
  const labels = cluster.namespaces.get(pod.namespace)?.labels ?? new Map<string, string>()
  const namespace = pod.namespace
  const byNamespace: readonly PeerMiss[] =
    entry.namespaces !== null
      ? failing(entry.namespaces.requirements, labels).map((miss) => ({ kind: 'namespace-label', namespace, ...miss }))
      : namespace === policy.namespace
        ? []
        : [{ kind: 'other-namespace', wants: policy.namespace, found: namespace }]
  const byPod = failing(entry.pods?.requirements ?? [], pod.labels).map(
    (miss) => ({ kind: 'pod-label', ...miss }) as const,
  )
  return [...byNamespace, ...byPod]
}

function failing(
  requirements: readonly Requirement[],
  labels: Labels,
): readonly { wants: Requirement; found: string | null }[] {
  return requirements
    .filter((wants) => !meets(labels, wants))
    .map((wants) => ({ wants, found: labels.get(wants.key) ?? null }))
}

function missesOfBlock(entry: IpBlock, peer: Endpoint, { flow: { family }, reading }: View): readonly PeerMiss[] {
  const block = entry.cidr.text
  if (peer.kind === 'pod' && !peer.pod.hostNetwork && reading.ipblockPods === 'never')
    return [{ kind: 'pods-never', block }]
  const addresses = addressesOf(peer)
  const address = addresses.find((candidate) => candidate.family === family) ?? addresses[0]
  if (address === undefined) return [{ kind: 'address-unknown', block }]
  if (address.family !== entry.cidr.family) return [{ kind: 'other-family', block, address }]
  if (!contains(entry.cidr, address)) return [{ kind: 'outside-block', block, address }]
  const except = entry.except.findIndex((hole) => contains(hole, address))
  return except < 0 ? [] : [{ kind: 'excepted', except, block: entry.except[except]?.text ?? block, address }]
}
