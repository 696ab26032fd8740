import type { Endpoint } from '../model/flow.js'
import type { NetworkPolicy, Rule, SelectorPeer } from '../model/policy.js'
import { matchBlocks } from './ip-blocks.js'
import { isPassedOver } from './readings.js'
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
  const { selectors, blocks, entryOf, holding } = view.compiled.indexOf(rule)
  const bySelector = selectors.map(({ entry, peer: named }) => ({
    entry,
    truth: matchSelectors(named, peer, view, policy, siteOf(entry)),
  }))
  const byAddress =
    blocks.length === 0
      ? { truth: NO, blocks }
      : matchBlocks(blocks, holding, peer, view, (block) => siteOf(entryOf.get(block) ?? 0))
  const matched = [
    ...bySelector.filter(({ truth }) => truth.value).map(({ entry }) => entry),
    ...byAddress.blocks.map((block) => entryOf.get(block) ?? 0),
  ]
  return {
    truth: any([...bySelector.map(({ truth }) => truth), byAddress.truth]),
    peers: matched.sort((a, b) => a - b),
  }
}

/** Selectors match pods and nothing else; pods on the host's network only where policies see them. */
function matchSelectors(
  peer: SelectorPeer,
  endpoint: Endpoint,
  { compiled, reading, completion }: View,
  policy: NetworkPolicy,
  site: DoubtSite,
): Truth {
  if (endpoint.kind !== 'pod') return NO
  const { pod } = endpoint
  if (isPassedOver(pod, reading)) return NO
  const namespace = compiled.cluster.namespaces.get(pod.namespace)
  if (namespace === undefined) return NO
  const there =
    peer.namespaces === null
      ? sure(pod.namespace === policy.namespace)
      : selectsNamespace(peer.namespaces, namespace, site, completion)
  return all([there, peer.pods === null ? YES : selectsPod(peer.pods, pod, site, completion, endpoint.replica)])
}
