import { namedPorts } from '../engine/ports.js'
import type { ContainerPort } from '../model/cluster.js'
import { isPassedOver, type Reading } from '../engine/readings.js'
import type { View } from '../engine/view.js'
import type { CompiledCluster } from '../engine/compile.js'
import type { Endpoint, Flow } from '../model/flow.js'
import type { Protocol } from '../model/protocol.js'
import type { PortRange, PortRule } from '../model/policy.js'
import { mappingText, servicePortBefore } from './services.js'

/** Why an entry of `ports` does not open a flow's port. */
export type PortMiss =
  | { readonly kind: 'protocol'; readonly protocol: Protocol; readonly port: PortRange | string | null }
  | {
      readonly kind: 'number'
      readonly protocol: Protocol
      readonly port: PortRange
      /** Of which Service this is a port, where that leads to the flow's port; else null. */
      readonly mapping: string | null
    }
  /** No port of the destination has that name; those that it does declare. */
  | {
      readonly kind: 'no-such-name'
      readonly name: string
      readonly why: NoName
      readonly declared: readonly string[]
    }
  /** The name stands for another port, or for a port of another protocol (A-54a, c). */
  | {
      readonly kind: 'name'
      readonly name: string
      readonly protocol: Protocol
      readonly declared: readonly ContainerPort[]
    }

/**
 * Why a name stands for no port: the pod declares none of that name (A-54b), or only its init containers do (A-54g); the
 * destination is not a pod (A-54d), or only its node is seen.
 */
export type NoName = 'undeclared' | 'init-container' | 'outside' | 'host-network'

/** Explains one entry that does not match. */
export function missOfPort(
  { protocol, port }: PortRule,
  { flow, reading, compiled }: View,
  asked: PortRange,
): PortMiss {
  if (typeof port === 'string') {
    const declared = namedPorts(flow.destination, port, reading)
    return declared.length === 0
      ? { kind: 'no-such-name', name: port, why: whyNoName(flow.destination, port, reading), declared: namesOf(flow) }
      : { kind: 'name', name: port, protocol, declared }
  }
  return port === null || protocol !== flow.protocol
    ? { kind: 'protocol', protocol, port }
    : { kind: 'number', protocol, port, mapping: mappingBefore(compiled, flow, port.first, asked) }
}

/** The most common mistake: the port of the Service where that of the pod belongs. */
function mappingBefore(
  { cluster }: CompiledCluster,
  { destination, protocol }: Flow,
  port: number,
  asked: PortRange,
): string | null {
  const before = servicePortBefore(cluster, destination, port, protocol)
  const isAsked = before?.targets.some((target) => asked.first <= target && target <= asked.last) === true
  return isAsked ? mappingText(before, port) : null
}

/** The names that a pod declares instead. */
function namesOf({ destination }: Flow): readonly string[] {
  const ports = destination.kind === 'pod' ? destination.pod.ports : []
  return [...new Set(ports.flatMap(({ name }) => (name === null ? [] : [name])))]
}

function whyNoName(destination: Endpoint, name: string, reading: Reading): NoName {
  if (destination.kind !== 'pod') return 'outside'
  const { pod } = destination
  if (isPassedOver(pod, reading)) return 'host-network'
  return pod.initPorts.some((port) => port.name === name) ? 'init-container' : 'undeclared'
}
