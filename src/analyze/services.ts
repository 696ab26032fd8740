import { addressesOf } from '../engine/ip-blocks.js'
import { namedPorts } from '../engine/ports.js'
import type { Cluster, ClusterService, Pod, ServicePort } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { Protocol } from '../model/protocol.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'
import { endpointPortsAt, servicesListing } from '../query/endpoints.js'

/** The Services that pick a pod. */
export function servicesOf(cluster: Cluster, { namespace, labels }: Pod): readonly ClusterService[] {
  const known = byFirstLabel(cluster)
  return [...labels]
    .flatMap(([key, value]) => known.get(labelIn(namespace, key, value)) ?? [])
    .filter(({ selector }) => [...selector].every(([key, value]) => labels.get(key) === value))
    .sort((a, b) => a.index - b.index)
    .map(({ service }) => service)
}

// A cluster has thousands of Services, and each pod is asked for. A selector that is not null is not empty.
const byFirstLabel = once(({ services }: Cluster) => {
  const selecting = services.flatMap((service, index) => {
    const { namespace, selector } = service
    const [first] = selector ?? []
    return selector === null || first === undefined
      ? []
      : [{ service, selector, index, label: labelIn(namespace, ...first) }]
  })
  return grouped(selecting, ({ label }) => label)
})

/** A namespace has no line break, so that labels of another one are never among those found; the rest is compared. */
function labelIn(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}=${value}`
}

/** The port of a pod to which a port of a Service leads, if any: a name stands for the first that the pod declares. */
export function targetsOf({ protocol, target }: ServicePort, pod: Pod): readonly number[] {
  if (typeof target === 'number') return [target]
  // Names of Services are resolved on a host's network, too
  const named = namedPorts({ kind: 'pod', pod, replica: 0 }, target, { hostNetwork: 'enforce' })
  return named
    .filter((port) => port.protocol === protocol)
    .slice(0, 1)
    .map(({ port }) => port)
}

/** A port that a Service puts in front of another port of a pod, which is the one that policies see. */
export interface ServicePortBefore {
  readonly service: ClusterService
  readonly targets: readonly number[]
}

/** `Service shop/web maps 80 to 8080; policies see 8080`. */
export function mappingText({ service, targets }: ServicePortBefore, port: number): string {
  const seen = targets.join(' and ')
  return `Service ${service.namespace}/${service.name} maps ${port} to ${seen}; policies see ${seen}`
}

/** The Service of which a number is a port that leads to other ports of a destination; null where there is none, or it leads to itself. */
export function servicePortBefore(
  cluster: Cluster,
  destination: Endpoint,
  number: number,
  protocol: Protocol,
): ServicePortBefore | null {
  const isMeant = (port: ServicePort) => port.port === number && port.protocol === protocol
  const found = waysTo(cluster, destination).flatMap(({ service, targetsOf: targets }) =>
    service.ports.filter(isMeant).map((port) => ({ service, targets: targets(port) })),
  )
  if (found.some(({ targets }) => targets.includes(number))) return null
  return found.find(({ targets }) => targets.length > 0) ?? null
}

interface Way {
  readonly service: ClusterService
  readonly targetsOf: (port: ServicePort) => readonly number[]
}

/** The Services that lead to a destination: a pod by its labels, a node or an address outside by their endpoints. */
function waysTo(cluster: Cluster, destination: Endpoint): readonly Way[] {
  if (destination.kind === 'pod') {
    const { pod } = destination
    return servicesOf(cluster, pod).map((service) => ({ service, targetsOf: (port) => targetsOf(port, pod) }))
  }
  const addresses = addressesOf(destination)
  return servicesListing(cluster, addresses).map((service) => ({
    service,
    targetsOf: (port) => endpointPortsAt(service, port, addresses),
  }))
}
