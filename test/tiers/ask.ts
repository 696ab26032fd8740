import type { Endpoint, Flow } from '../../src/model/flow.js'
import { parseAddress } from '../../src/net/address.js'
import type { Asked, End } from './naive.js'
import { cluster, PODS, type Pod } from './world.js'

/** The question in the words of the engine. */
export function engineFlow({ from, to, protocol, port }: Asked): Flow {
  return { source: endpointOf(from), destination: endpointOf(to), protocol, port, family: 'IPv4' }
}

function endpointOf(end: End): Endpoint {
  if (typeof end !== 'string') return { kind: 'pod', pod: podOf(end), replica: 0 }
  const address = parseAddress(end)
  if (address === null) throw new Error(`${end} is not an address`)
  return { kind: 'external', address }
}

/** The pod of the cluster that a plain pod stands for. */
export function podOf({ namespace, name }: Pod) {
  const pods = cluster.workloads.flatMap((workload) => workload.pods)
  const found = pods.find((pod) => pod.namespace === namespace && pod.name === name)
  if (found === undefined) throw new Error(`the cluster has no pod ${namespace}/${name}`)
  return found
}

/** Plain pods by their names. */
export function pods<Names extends readonly string[]>(...names: Names): { [Name in keyof Names]: Pod } {
  return names.map((name) => {
    const found = PODS.find((pod) => `${pod.namespace}/${pod.name}` === name)
    if (found === undefined) throw new Error(`${name} is not one of the pods`)
    return found
  }) as { [Name in keyof Names]: Pod }
}
