import { formatAddress, type Address } from '../net/address.js'
import { contains } from '../net/ranges.js'
import {
  networkAddresses,
  type Cluster,
  type ClusterNode,
  type ClusterService,
  type Pod,
  type ServiceEndpoint,
  type ServicePort,
  type Workload,
} from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'
import { outsideAt } from './addresses.js'
import type { Party } from './party.js'
import type { PartsOf } from './parts.js'

/** Whether what is behind a Service is what its endpoints list, and not the pods of a selector. */
export function isByEndpoints({ selector, type }: ClusterService): boolean {
  return selector === null && type !== 'ExternalName'
}

/** The endpoints that a Service leads to: those that are ready, and where there are none those that still serve. */
export const usedEndpoints = once((service: ClusterService): readonly ServiceEndpoint[] => {
  const { endpoints, publishesNotReady } = service
  const reachable = endpoints.filter((one) => isOfFamily(service, one))
  if (publishesNotReady) return reachable
  const ready = reachable.filter(({ readiness }) => readiness === 'ready')
  return ready.length > 0 ? ready : reachable.filter(({ readiness }) => readiness === 'terminating')
})

/** A Service of one family does not lead to addresses of the other one. */
function isOfFamily({ families }: ClusterService, { address }: ServiceEndpoint): boolean {
  return families.length === 0 || families.includes(address.family)
}

/** Addresses that are listed and that the Service does not lead to, with the reason. */
export function leftOutEndpoints(service: ClusterService): readonly { readonly name: string; readonly why: string }[] {
  const used = new Set(usedEndpoints(service))
  return service.endpoints
    .filter((one) => !used.has(one))
    .map((one) => {
      const fate = one.readiness === 'not-ready' ? 'not ready' : 'terminating'
      return { name: formatAddress(one.address), why: isOfFamily(service, one) ? fate : 'not of its address family' }
    })
}

/** The pods, nodes and addresses outside that some endpoints are; pods of one workload with the same ports are told as one. */
export function partiesOf(cluster: Cluster, endpoints: readonly ServiceEndpoint[], partsOf: PartsOf): readonly Party[] {
  const find = ownersIn(cluster)
  const owned = endpoints.map((endpoint) => ({ endpoint, owner: find(endpoint) }))
  const groups = grouped(owned, ({ endpoint, owner }) =>
    JSON.stringify([
      owner.kind === 'outside'
        ? formatAddress(endpoint.address)
        : owner.kind === 'pod'
          ? owner.workload.id
          : owner.name,
      owner.kind,
      endpoint.ports,
    ]),
  )
  return [...groups.values()].flatMap((group): readonly Party[] => {
    const [first] = group
    if (first === undefined) return []
    const { owner, endpoint } = first
    if (owner.kind === 'outside') return [outsideAt(cluster, endpoint.address)]
    if (owner.kind === 'node') {
      return [{ kind: 'node', node: { ...owner.node, addresses: group.map((one) => one.endpoint.address) } }]
    }
    const pods = new Set(group.flatMap((one) => (one.owner.kind === 'pod' ? [one.owner.pod] : [])))
    return partsOf({ workload: owner.workload, pods: [...pods] })
  })
}

/** The ports of a party to which a port of such a Service leads: those of the same name and protocol. */
export function endpointPorts(service: ClusterService, before: ServicePort, party: Party): readonly number[] {
  return portsFor(endpointsAt(service, party), before)
}

function portsFor(endpoints: readonly ServiceEndpoint[], { name, protocol }: ServicePort): readonly number[] {
  const ports = endpoints.flatMap((endpoint) => endpoint.ports)
  return ports.filter((one) => one.name === (name ?? '') && one.protocol === protocol).map(({ port }) => port)
}

/** The same for some addresses, whoever has them. */
export function endpointPortsAt(
  service: ClusterService,
  before: ServicePort,
  addresses: readonly Address[],
): readonly number[] {
  const { byAddress } = indexOf(service)
  const found = addresses.flatMap((address) => byAddress.get(formatAddress(address)) ?? [])
  return portsFor(found, before)
}

/** The Services without a selector that lead to one of some addresses, and map ports. */
export function servicesListing(cluster: Cluster, addresses: readonly Address[]): readonly ClusterService[] {
  const known = byEndpoint(cluster)
  return addresses.flatMap((address) => (known.get(formatAddress(address)) ?? []).map(({ service }) => service))
}

const byEndpoint = once(({ services }: Cluster) => {
  const listing = services
    .filter((service) => isByEndpoints(service) && service.type !== 'headless')
    .flatMap((service) => usedEndpoints(service).map(({ address }) => ({ service, text: formatAddress(address) })))
  return grouped(listing, ({ text }) => text)
})

function endpointsAt(service: ClusterService, party: Party): readonly ServiceEndpoint[] {
  const { byAddress, byPod } = indexOf(service)
  const at = (addresses: readonly Address[]) => addresses.flatMap((one) => byAddress.get(formatAddress(one)) ?? [])
  switch (party.kind) {
    case 'workload': {
      const found = party.pods.flatMap((pod) => [
        ...(byPod.get(`${pod.namespace}/${pod.name}`) ?? []).filter((endpoint) => mayBeAt(pod, endpoint)),
        ...at(networkAddresses(pod)),
      ])
      return [...new Set(found)]
    }
    case 'node':
      return at(party.node.addresses)
    case 'outside':
      return party.ranges.flatMap((range) =>
        range.first === range.last
          ? at([{ family: range.family, value: range.first }])
          : usedEndpoints(service).filter(({ address }) => contains(range, address)),
      )
    case 'host':
    case 'loopback':
      return []
  }
}

const indexOf = once((service: ClusterService) => ({
  byAddress: new Map(usedEndpoints(service).map((one) => [formatAddress(one.address), one])),
  byPod: grouped(usedEndpoints(service), ({ pod }) => (pod === null ? '' : `${pod.namespace}/${pod.name}`)),
}))

type Owner =
  | { readonly kind: 'pod'; readonly workload: Workload; readonly pod: Pod }
  | { readonly kind: 'node'; readonly name: string; readonly node: ClusterNode }
  | { readonly kind: 'outside' }

/**
 * Who has the address of an endpoint (E-5). Packets go to the address, so that the pod that is said to have it counts only where
 * the input does not say another address of it.
 */
const ownersIn = once(({ workloads, nodes }: Cluster): ((endpoint: ServiceEndpoint) => Owner) => {
  const podsByName = new Map<string, Owner & { kind: 'pod' }>()
  const podsByAddress = new Map<string, Owner & { kind: 'pod' }>()
  for (const workload of workloads) {
    for (const pod of workload.pods) {
      const owner = { kind: 'pod', workload, pod } as const
      podsByName.set(`${pod.namespace}/${pod.name}`, owner)
      if (pod.hostNetwork) continue
      for (const address of pod.addresses.map(formatAddress)) {
        const known = podsByAddress.get(address)
        if (known === undefined || (!known.pod.running && pod.running)) podsByAddress.set(address, owner)
      }
    }
  }
  const nodesByAddress = new Map(
    [...nodes.values()].flatMap((node) =>
      [...node.addresses, ...node.externalAddresses].map((address) => [formatAddress(address), node] as const),
    ),
  )
  return (endpoint) => {
    const named = endpoint.pod === null ? undefined : podsByName.get(`${endpoint.pod.namespace}/${endpoint.pod.name}`)
    if (named !== undefined && mayBeAt(named.pod, endpoint)) return named
    const text = formatAddress(endpoint.address)
    const node = nodesByAddress.get(text)
    return (
      podsByAddress.get(text) ?? (node === undefined ? { kind: 'outside' } : { kind: 'node', name: node.name, node })
    )
  }
})

function mayBeAt(pod: Pod, { address }: ServiceEndpoint): boolean {
  const known = networkAddresses(pod)
  return known.length === 0 || known.some(({ family, value }) => family === address.family && value === address.value)
}
