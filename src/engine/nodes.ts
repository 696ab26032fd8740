import type { Address } from '../net/address.js'
import type { Pod } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'

/** Whether an endpoint is on a pod's own node: as the node itself, or as a pod on that node's network. */
export type NodeRelation = 'own' | 'other' | 'unknown'

/** How an endpoint relates to the node that a pod runs on; `other` for everything that is not a node. */
export function nodeRelation(pod: Pod, peer: Endpoint): NodeRelation {
  if (peer.kind === 'external') {
    const { mayBeNode = false, address } = peer
    return mayBeNode && !pod.nodeAddresses.some(({ family }) => family === address.family) ? 'unknown' : 'other'
  }
  if (peer.kind === 'host' || (peer.kind === 'pod' && !peer.pod.hostNetwork)) return 'other'
  const [node, addresses] =
    peer.kind === 'node' ? [peer.node.name, peer.node.addresses] : [peer.pod.node, peer.pod.nodeAddresses]
  if (pod.node !== null && node !== null) return pod.node === node ? 'own' : 'other'
  if (pod.nodeAddresses.length === 0 || addresses.length === 0) return 'unknown'
  return addresses.some((address) => pod.nodeAddresses.some((own) => same(own, address))) ? 'own' : 'other'
}

function same(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value
}
