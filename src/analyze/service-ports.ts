import type { ClusterService, ServicePort } from '../model/cluster.js'
import { closest } from '../model/closest.js'
import type { Protocol } from '../model/protocol.js'
import { serviceName } from '../query/backends.js'
import { endpointPorts, isByEndpoints } from '../query/endpoints.js'
import type { Party } from '../query/party.js'
import type { PortQuestion } from '../query/port.js'
import { matchesNothing, misworded, ok, type Result } from '../query/question-error.js'
import { targetsOf } from './services.js'

/**
 * The ports of a Service that are asked for, by number or name and protocol (A-81); without a port all of them. A headless one
 * and an ExternalName map none, so that whatever port is asked for is that of the pod or host (A-83).
 */
export function askedOfService(
  service: ClusterService,
  parties: readonly Party[],
  port: PortQuestion,
): Result<PortQuestion> {
  const ports = service.ports.filter((one) => isAsked(one, port))
  if (ports.length > 0) return ok({ kind: 'service', service, ports })
  const mapsPorts = service.type !== 'headless' && service.type !== 'ExternalName'
  if (mapsPorts || port.kind === 'name') return noSuchPort(service, parties, port)
  if (port.kind === 'range' && port.first === port.last) {
    const asPod = (protocol: Protocol): ServicePort => ({
      name: null,
      protocol,
      port: port.first,
      target: port.first,
      unusedTarget: null,
      nodePort: null,
    })
    return ok({ kind: 'service', service, ports: port.protocols.map(asPod) })
  }
  return ok(port)
}

function isAsked({ name, protocol, port: number }: ServicePort, port: PortQuestion): boolean {
  switch (port.kind) {
    case 'whole-set':
      return true
    case 'range':
      return port.protocols.includes(protocol) && port.first <= number && number <= port.last
    case 'name':
      return name === port.name && (port.protocol ?? protocol) === protocol
    case 'service':
      return port.ports.some((one) => one.port === number && one.protocol === protocol)
  }
}

function noSuchPort(service: ClusterService, parties: readonly Party[], port: PortQuestion): Result<never> {
  const { ports } = service
  if (ports.length === 0) return matchesNothing(`${serviceName(service)} has no ports`)
  return matchesNothing(`${serviceName(service)} has no port \`${textOf(port)}\``, portMeant(service, parties, port))
}

function textOf(port: PortQuestion): string {
  if (port.kind === 'name') return port.protocol === null ? port.name : `${port.name}/${port.protocol}`
  if (port.kind !== 'range') return 'any'
  const numbers = port.first === port.last ? String(port.first) : `${port.first}-${port.last}`
  return port.protocols.length === 1 ? `${numbers}/${port.protocols.join()}` : numbers
}

/** The port that leads to the one that was asked for, or has its number or nearly its name; else all that there are. */
function portMeant(service: ClusterService, parties: readonly Party[], port: PortQuestion): string {
  const { ports } = service
  const all = `it has ${ports.map(portText).join(', ')}`
  if (port.kind === 'name') {
    const near = closest(
      port.name,
      ports.flatMap(({ name }) => name ?? []),
    )
    const before = ports.find(({ target }) => target === port.name)
    if (before !== undefined) return `\`${port.name}\` is its target port: did you mean port \`${before.port}\`?`
    return near === null || near === port.name ? all : `did you mean \`${near}\`?`
  }
  if (port.kind !== 'range' || port.first !== port.last) return all
  const isBefore = (one: ServicePort) =>
    port.protocols.includes(one.protocol) &&
    parties.some((party) => targetsAt(service, one, party).some((target) => target === port.first))
  const onNode = ports.find((one) => one.nodePort === port.first && port.protocols.includes(one.protocol))
  if (onNode !== undefined) return `${port.first} is its port on every node: did you mean port \`${onNode.port}\`?`
  const before = ports.find(isBefore)
  if (before !== undefined) return `${port.first} is its target port: did you mean port \`${before.port}\`?`
  const other = ports.find((one) => one.port === port.first)
  return other === undefined ? all : `did you mean \`${other.port}/${other.protocol}\`?`
}

/** Why the address of a Service is no source. */
export function notASource(text: string): Result<never> {
  return misworded(
    `\`${text}\` is the address of a Service, and no connection comes from that`,
    'ask for a pod behind the Service, or for its client',
  )
}

/** `80/TCP (http)`. */
export function portText({ port, protocol, name }: ServicePort): string {
  return `${port}/${protocol}${name === null ? '' : ` (${name})`}`
}

/** A port of a party, and the port of the Service that leads to it. */
export interface BackendPort {
  readonly protocol: Protocol
  readonly port: number
  readonly before: ServicePort
}

/** The ports of a party that are behind ports of a Service, each number once for each of these; none where it declares no such name (A-81). */
export function portsBehind(
  { service, ports }: Pick<PortQuestion & { kind: 'service' }, 'service' | 'ports'>,
  party: Party,
): readonly BackendPort[] {
  return ports.flatMap((before) =>
    [...new Set(targetsAt(service, before, party))].map((port) => ({ protocol: before.protocol, port, before })),
  )
}

function targetsAt(service: ClusterService, before: ServicePort, party: Party): readonly number[] {
  if (isByEndpoints(service) && service.type !== 'headless') return endpointPorts(service, before, party)
  if (party.kind === 'workload') return party.pods.flatMap((pod) => targetsOf(before, pod))
  return typeof before.target === 'number' ? [before.target] : []
}
