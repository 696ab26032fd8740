import { BITS, formatAddress, type Address, type Family } from '../net/address.js'
import type { Cidr } from '../net/cidr.js'
import { contains } from '../net/ranges.js'
import type { Cluster } from '../model/cluster.js'
import { once } from '../model/once.js'
import type { NodeParty, OutsideParty, Parties, Party } from './party.js'
import type { PartsOf } from './parts.js'
import { isPrivate } from './special-purpose.js'

/** An address that a pod or node has means that pod or node (E-5); host-network pods share their node's. */
export function partyAt(cluster: Cluster, address: Address, partsOf: PartsOf): Parties {
  const { family } = address
  const same = (other: Address) => other.family === family && other.value === address.value
  const one = (parties: readonly Party[], addressOf: Parties['addressOf']) => ({
    parties,
    wildcard: false,
    family,
    addressOf,
  })
  if (isLoopback(address)) return { ...one([{ kind: 'loopback' }], null), family: null }
  const owners = cluster.workloads.flatMap((workload) =>
    workload.pods
      .filter((pod) => !pod.hostNetwork && pod.addresses.some(same))
      .map((pod) => ({ workload, pods: [pod], running: pod.running })),
  )
  const owner = owners.find(({ running }) => running) ?? owners[0]
  if (owner !== undefined) return one(partsOf(owner), 'pod')
  const [node] = nodesAt(cluster, same)
  if (node !== undefined) return one([node], 'node')
  return one([outsideAt(cluster, address)], null)
}

/** One address that nobody in the input has. */
export function outsideAt(cluster: Cluster, address: Address): OutsideParty {
  const { family, value } = address
  const ranges = [{ family, first: value, last: value }]
  return { kind: 'outside', name: formatAddress(address), ranges, mayBeNode: mayBeNode(cluster, address) }
}

/**
 * Who has the addresses of a CIDR: the pods and nodes in it, evaluated as what they are (E-5), and the addresses that
 * nobody in the input has, as one party (E-6).
 */
export function partiesAt(cluster: Cluster, cidr: Cidr, text: string, partsOf: PartsOf): Parties {
  const { family } = cidr
  if (cidr.prefix === BITS[family]) return partyAt(cluster, { family, value: cidr.first }, partsOf)
  const inside = (address: Address) => contains(cidr, address)
  const pods = cluster.workloads
    .map((workload) => ({
      workload,
      pods: workload.pods.filter((pod) => !pod.hostNetwork && pod.addresses.some(inside)),
    }))
    .filter(({ pods: found }) => found.length > 0)
  return {
    parties: [{ kind: 'outside', name: text, ranges: [cidr] }, ...pods.flatMap(partsOf), ...nodesAt(cluster, inside)],
    wildcard: true,
    family,
    addressOf: null,
  }
}

/**
 * Whether an address that nobody in the input has could be a node's: it is private, and the input shows no node's address
 * of its family. Where it shows some, these are taken for all.
 */
function mayBeNode(cluster: Cluster, address: Address): boolean {
  return isPrivate(address) && !nodeFamilies(cluster).has(address.family)
}

/** The families of which the input shows addresses of nodes. */
const nodeFamilies = once(({ nodes, workloads }: Cluster): ReadonlySet<Family> => {
  const ofNodes = [...nodes.values()].flatMap(({ addresses }) => addresses.map(({ family }) => family))
  const families = new Set<Family>(ofNodes)
  for (const { pods } of workloads) {
    for (const { nodeAddresses } of pods) for (const { family } of nodeAddresses) families.add(family)
  }
  return families
})

/** The nodes that have such an address; what they send comes from it. */
function nodesAt({ nodes }: Cluster, wanted: (address: Address) => boolean): readonly NodeParty[] {
  return [...nodes.values()].flatMap((node) => {
    const addresses = [...node.addresses, ...node.externalAddresses].filter(wanted)
    return addresses.length === 0 ? [] : [{ kind: 'node', node: { ...node, addresses } }]
  })
}

const LOOPBACK: Readonly<Record<Family, (value: bigint) => boolean>> = {
  IPv4: (value) => value >> 24n === 127n,
  IPv6: (value) => value === 1n,
}

/** The addresses by which a pod reaches itself and nobody else. */
function isLoopback({ family, value }: Address): boolean {
  return LOOPBACK[family](value)
}
