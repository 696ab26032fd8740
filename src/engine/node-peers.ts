import type { Address } from '../net/address.js'
import { networkAddresses, type Cluster, type ClusterNode } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { NodePeer } from '../model/policy.js'
import type { Completion } from './completions.js'
import { nameOfEnd } from './readings.js'
import { selectsNode } from './selectors.js'
import { any, doubtful, NO, type DoubtSite, type Truth } from './truth.js'
import type { View } from './view.js'

/** Whether an endpoint has an address of a node that a selector picks (C-17): it is that node, or a pod on its network. */
export function matchNodes(named: NodePeer, peer: Endpoint, { compiled, completion }: View, site: DoubtSite): Truth {
  return truthOfNodes(named, peer, compiled.cluster, site, completion)
}

/** The same of a cluster that need not be compiled. */
export function truthOfNodes(
  { nodes }: NodePeer,
  peer: Endpoint,
  cluster: Pick<Cluster, 'nodes'>,
  site: DoubtSite,
  completion?: Completion,
): Truth {
  if (peer.kind === 'pod' && !peer.pod.hostNetwork) return NO
  if (peer.kind === 'external' && peer.mayBeNode !== true) return NO
  const found = peer.kind === 'node' ? [peer.node] : peer.kind === 'pod' ? nodesOf(cluster, peer) : []
  if (found.length === 0) return doubtful(false, { code: 'node-labels-unknown', about: nameOfEnd(peer), site })
  return any(found.map((node) => selectsNode(nodes, node, site, completion)))
}

/** The node that a pod runs on, by its name, else by its addresses; none where the input does not say. */
export function nodesOf(
  { nodes }: Pick<Cluster, 'nodes'>,
  { pod }: Endpoint & { kind: 'pod' },
): readonly ClusterNode[] {
  const named = pod.node === null ? undefined : nodes.get(pod.node)
  if (named !== undefined) return [named]
  const own = networkAddresses(pod)
  return [...nodes.values()].filter(({ addresses, externalAddresses }) =>
    [...addresses, ...externalAddresses].some((address) => own.some((other) => same(address, other))),
  )
}

function same(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value
}
