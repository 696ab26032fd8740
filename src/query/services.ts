import { formatAddress, type Address } from '../net/address.js'
import { closest } from '../model/closest.js'
import { workloadId, type Cluster, type ClusterService } from '../model/cluster.js'
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

/** The Service that has an address (E-5). */
export function serviceAt({ services }: Cluster, address: Address): ClusterService | null {
  const text = formatAddress(address)
  return services.find(({ clusterAddresses }) => clusterAddresses.some((own) => formatAddress(own) === text)) ?? null
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
