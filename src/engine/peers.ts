import type { Endpoint, Flow } from '../model/flow.js'
import type { IpBlock, NetworkPolicy, Peer, Rule, SelectorPeer } from '../model/policy.js'
import type { CompiledCluster } from './compile.js'
import { matchBlocks } from './ip-blocks.js'
import { selectsNamespace, selectsPod } from './selectors.js'
import { all, any, either, NO, YES, type DoubtSite, type Truth } from './truth.js'

/** What the peers of one rule make of an endpoint; `peers` are the entries that matched, null where there are none. */
export interface PeerMatch {
  readonly truth: Truth
  readonly peers: readonly number[] | null
}

/** Whether some entry of `from` or `to` names the endpoint; no entries at all name everything there is. */
export function matchPeers(
  rule: Rule,
  peer: Endpoint,
  flow: Flow,
  compiled: CompiledCluster,
  siteOf: (peerIndex: number) => DoubtSite,
  policy: NetworkPolicy,
): PeerMatch {
  if (rule.peers.length === 0) return { truth: YES, peers: null }
  const bySelector = rule.peers.map((entry, index) =>
    entry.kind === 'selector' ? matchSelectors(entry, peer, compiled, siteOf(index), policy) : NO,
  )
  const blocks = rule.peers.filter(isBlock)
  const byAddress =
    blocks.length === 0
      ? { truth: NO, blocks }
      : matchBlocks(blocks, peer, flow, compiled, siteOf(rule.peers.findIndex(isBlock)))
  const matched = rule.peers.flatMap((entry, index) =>
    bySelector[index]?.value === true || (isBlock(entry) && byAddress.blocks.includes(entry)) ? [index] : [],
  )
  return { truth: any([...bySelector, byAddress.truth]), peers: matched }
}

function isBlock(peer: Peer): peer is IpBlock {
  return peer.kind === 'ip-block'
}

/** Selectors match pods and nothing else; pods on the host's network only where policies are enforced on them. */
function matchSelectors(
  peer: SelectorPeer,
  endpoint: Endpoint,
  { cluster, options }: CompiledCluster,
  site: DoubtSite,
  policy: NetworkPolicy,
): Truth {
  if (endpoint.kind !== 'pod') return NO
  const { pod } = endpoint
  if (pod.hostNetwork && options.hostNetwork === 'ignore') return NO
  const namespace = cluster.namespaces.get(pod.namespace)
  const inNamespace =
    peer.namespaces === null
      ? pod.namespace === policy.namespace
        ? YES
        : NO
      : namespace === undefined
        ? NO
        : selectsNamespace(peer.namespaces, namespace, site)
  const selected = all([inNamespace, peer.pods === null ? YES : selectsPod(peer.pods, pod, site)])
  return pod.hostNetwork && options.hostNetwork === undefined
    ? either(NO, selected, { code: 'host-network', about: `${pod.namespace}/${pod.name}`, site })
    : selected
}
