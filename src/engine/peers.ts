import type { Endpoint } from '../model/flow.js'
import type { IpBlock, NetworkPolicy, Peer, Rule, SelectorPeer } from '../model/policy.js'
import { matchBlocks } from './ip-blocks.js'
import { selectsNamespace, selectsPod } from './selectors.js'
import { all, any, NO, sure, YES, type DoubtSite, type Truth } from './truth.js'
import type { View } from './view.js'

/** What the peers of one rule make of an endpoint; `peers` are the entries that matched, null where there are none. */
export interface PeerMatch {
  readonly truth: Truth
  readonly peers: readonly number[] | null
}

/** Whether some entry of `from` or `to` names the endpoint; no entries at all name everything there is. */
export function matchPeers(
  rule: Rule,
  peer: Endpoint,
  view: View,
  policy: NetworkPolicy,
  siteOf: (entry: number) => DoubtSite,
): PeerMatch {
  if (rule.peers.length === 0) return { truth: YES, peers: null }
  const bySelector = rule.peers.map((entry, index) =>
    entry.kind === 'selector' ? matchSelectors(entry, peer, view, policy, siteOf(index)) : NO,
  )
  const blocks = rule.peers.filter(isBlock)
  const byAddress =
    blocks.length === 0 ? { truth: NO, blocks } : matchBlocks(blocks, peer, view, siteOf(rule.peers.findIndex(isBlock)))
  const holding = new Set(byAddress.blocks)
  const matched = rule.peers.flatMap((entry, index) =>
    bySelector[index]?.value === true || (isBlock(entry) && holding.has(entry)) ? [index] : [],
  )
  return { truth: any([...bySelector, byAddress.truth]), peers: matched }
}

function isBlock(peer: Peer): peer is IpBlock {
  return peer.kind === 'ip-block'
}

/** Selectors match pods and nothing else; pods on the host's network only where policies see them. */
function matchSelectors(
  peer: SelectorPeer,
  endpoint: Endpoint,
  { compiled, reading }: View,
  policy: NetworkPolicy,
  site: DoubtSite,
): Truth {
  if (endpoint.kind !== 'pod') return NO
  const { pod } = endpoint
  if (pod.hostNetwork && reading.hostNetwork === 'ignore') return NO
  const namespace = compiled.cluster.namespaces.get(pod.namespace)
  if (namespace === undefined) return NO
  const there =
    peer.namespaces === null
      ? sure(pod.namespace === policy.namespace)
      : selectsNamespace(peer.namespaces, namespace, site)
  return all([there, peer.pods === null ? YES : selectsPod(peer.pods, pod, site)])
}
