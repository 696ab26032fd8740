import type { Pod } from '../../model/cluster.js'
import type { WorkloadParty } from '../../query/party.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { MixedEndpoint } from './edits/endpoint-edits.js'

/** An endpoint after some edits, as a party of a question. */
export function partyOf({ workload, pods }: MixedEndpoint): WorkloadParty {
  return { kind: 'workload', workload, pods, part: null }
}

/** The same as an endpoint of a matrix. */
export function endpointOf(end: MixedEndpoint): MatrixEndpoint {
  return { id: end.workload.id, party: partyOf(end), pods: null, another: end.another }
}

/** Gives pods the addresses that their nodes have after some edits. */
export function onNodes(
  pods: readonly Pod[],
  addresses: ReadonlyMap<string, Pod['nodeAddresses'] | null>,
): readonly Pod[] {
  if (addresses.size === 0) return pods
  return pods.map((pod) => {
    const found = pod.node === null ? undefined : addresses.get(pod.node)
    return found == null ? pod : { ...pod, nodeAddresses: found }
  })
}
