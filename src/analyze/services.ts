import { namedPorts } from '../engine/ports.js'
import type { Cluster, ClusterService, Pod, ServicePort } from '../model/cluster.js'
import type { Protocol } from '../model/protocol.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'

/** The Services that pick a pod. */
export function servicesOf(cluster: Cluster, pod: Pod): readonly ClusterService[] {
  return (byNamespace(cluster).get(pod.namespace) ?? []).filter(
    ({ selector }) => selector !== null && [...selector].every(([key, value]) => pod.labels.get(key) === value),
  )
}

// A cluster has thousands of Services, and each pod is asked for.
const byNamespace = once(({ services }: Cluster) => grouped(services, ({ namespace }) => namespace))

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

/** The Service of which a number is a port that leads to other ports of a pod; null where there is none, or it leads to itself. */
export function servicePortBefore(
  cluster: Cluster,
  pod: Pod,
  number: number,
  protocol: Protocol,
): ServicePortBefore | null {
  const found = servicesOf(cluster, pod).flatMap((service) =>
    service.ports
      .filter((port) => port.port === number && port.protocol === protocol)
      .map((port) => ({ service, targets: targetsOf(port, pod) })),
  )
  if (found.some(({ targets }) => targets.includes(number))) return null
  return found.find(({ targets }) => targets.length > 0) ?? null
}
