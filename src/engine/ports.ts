import type { Endpoint, Flow } from '../model/flow.js'
import type { ContainerPort } from '../model/cluster.js'
import type { PortRule, Rule } from '../model/policy.js'

/** The entries of `ports` that a flow meets; null where there are none, which means every port; empty for a miss. */
export function matchPorts(rule: Rule, flow: Flow): readonly number[] | null {
  if (rule.ports.length === 0) return null
  return rule.ports.flatMap((entry, index) => (matchesPort(entry, flow) ? [index] : []))
}

/** Whether one entry opens the flow's destination port: all ports of its protocol, a range, or a name. */
export function matchesPort({ protocol, port }: PortRule, flow: Flow): boolean {
  if (protocol !== flow.protocol) return false
  if (port === null) return true
  if (typeof port !== 'string') return port.first <= flow.port && flow.port <= port.last
  return namedPorts(flow.destination, port).some(
    (declared) => declared.protocol === protocol && declared.port === flow.port,
  )
}

/** What a port name stands for at a destination: nothing outside the cluster, perhaps several ports of a pod (A-54d, f). */
export function namedPorts(destination: Endpoint, name: string): readonly ContainerPort[] {
  return destination.kind === 'pod' ? destination.pod.ports.filter((port) => port.name === name) : []
}
