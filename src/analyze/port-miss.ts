import { namedPorts } from '../engine/ports.js'
import type { ContainerPort } from '../model/cluster.js'
import { isPassedOver, type Reading } from '../engine/readings.js'
import type { View } from '../engine/view.js'
import type { Endpoint, Protocol } from '../model/flow.js'
import type { PortRange, PortRule } from '../model/policy.js'

/** Why an entry of `ports` does not open a flow's port. */
export type PortMiss =
  | { readonly kind: 'protocol'; readonly protocol: Protocol; readonly port: PortRange | string | null }
  | { readonly kind: 'number'; readonly protocol: Protocol; readonly port: PortRange }
  /** The destination declares no port of that name, is no pod (A-54b, d), or only its node is seen. */
  | { readonly kind: 'no-such-name'; readonly name: string; readonly why: 'undeclared' | 'outside' | 'host-network' }
  /** The name stands for another port, or for a port of another protocol (A-54a, c). */
  | {
      readonly kind: 'name'
      readonly name: string
      readonly protocol: Protocol
      readonly declared: readonly ContainerPort[]
    }

/** Explains one entry that does not match. */
export function missOfPort({ protocol, port }: PortRule, { flow, reading }: View): PortMiss {
  if (typeof port === 'string') {
    const declared = namedPorts(flow.destination, port, reading)
    return declared.length === 0
      ? { kind: 'no-such-name', name: port, why: whyNoName(flow.destination, reading) }
      : { kind: 'name', name: port, protocol, declared }
  }
  return port === null || protocol !== flow.protocol
    ? { kind: 'protocol', protocol, port }
    : { kind: 'number', protocol, port }
}

function whyNoName(destination: Endpoint, reading: Reading): 'undeclared' | 'outside' | 'host-network' {
  if (destination.kind !== 'pod') return 'outside'
  return isPassedOver(destination.pod, reading) ? 'host-network' : 'undeclared'
}
