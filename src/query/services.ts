import type { Address } from '../net/address.js'
import { closest } from '../model/closest.js'
import { workloadId, type Cluster, type ClusterNode, type ClusterService, type ServicePort } from '../model/cluster.js'
import type { Front } from './party.js'
import type { PortQuestion } from './port.js'
import type { NameReading } from './peer.js'
import { matchesNothing, misworded, ok, type Result } from './question-error.js'

/** The Services that a name means; several have one name where the input has that one twice. */
export function servicesCalled(
  { services }: Cluster,
  { namespace, object, name }: NameReading,
): readonly ClusterService[] {
  if (object !== 'Service') return []
  return services.filter((service) => service.namespace === namespace && service.name === name)
}

/** The Service that has an address, as its own or for clients outside (E-5). */
export function serviceAt({ services }: Cluster, address: Address): Fronted | null {
  const isSame = (own: Address) => own.family === address.family && own.value === address.value
  const inside = services.find(({ clusterAddresses }) => clusterAddresses.some(isSame))
  const service = inside ?? services.find(({ externalAddresses }) => externalAddresses.some(isSame))
  if (service === undefined) return null
  return { service, front: { addresses: [address], isExternal: inside === undefined, ports: null } }
}

/** A Service, and the address and ports by which it was met. */
export interface Fronted {
  readonly service: ClusterService
  readonly front: Front
}

/** The Service to which a port of a node leads: as its node port, or at an address of the node that is an external one of it. */
export function serviceOnNode({ services }: Cluster, node: ClusterNode, port: PortQuestion): Fronted | null {
  if (port.kind !== 'range' || port.first !== port.last) return null
  const isAsked = ({ protocol }: ServicePort) => port.protocols.includes(protocol)
  for (const service of services) {
    const isOwn = service.externalAddresses.some((address) =>
      node.addresses.some(({ family, value }) => family === address.family && value === address.value),
    )
    const ports = service.ports.filter(
      (one) => isAsked(one) && (one.nodePort === port.first || (isOwn && one.port === port.first)),
    )
    if (ports.length > 0) return { service, front: { addresses: node.addresses, isExternal: true, ports } }
  }
  return null
}

/** A Service where all that have its name, itself included, lead to the same; two that lead elsewhere are an error. */
export function onlyService(service: ClusterService, ofThatName: readonly ClusterService[]): Result<ClusterService> {
  const content = contentOf(service)
  if (ofThatName.every((other) => contentOf(other) === content)) return ok(service)
  return misworded(
    `the input has ${ofThatName.length} Services \`${service.namespace}/${service.name}\` with different content`,
    'leave all but one of their manifests out',
  )
}

function contentOf(service: ClusterService): string {
  return JSON.stringify(service, (_, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Map ? [...part].sort() : part
  })
}

/** Why a name means no Service, and which one may be meant. */
export function noService({ services }: Cluster, { namespace, name }: NameReading, text: string): Result<never> {
  if (name === 'any' || `${namespace}${name}`.includes('*'))
    return misworded(`\`${text}\`: a question is about one Service`, 'name one')
  const message = `\`${text}\` matches no Service in the input`
  const there = services.filter((service) => service.namespace === namespace)
  const near = closest(
    name,
    there.map((service) => service.name),
  )
  const elsewhere = services.filter((service) => service.name === name)
  const [meant] = near === null ? elsewhere : there.filter((service) => service.name === near)
  if (meant !== undefined) return matchesNothing(message, `did you mean \`${workloadId(meant)}\`?`)
  const names = [...new Set(there.map((service) => `\`${service.name}\``))].slice(0, 8)
  const help =
    names.length > 0
      ? `the Services of \`${namespace}\` are ${names.join(', ')}`
      : 'add the Services to the input: kubectl get services -o yaml'
  return matchesNothing(message, help)
}
