import type { ContainerPort } from '../model/cluster.js'
import type { Endpoint, Flow } from '../model/flow.js'
import type { PortRule, Rule } from '../model/policy.js'
import type { Reading } from './readings.js'
import type { View } from './view.js'

/** The entries of `ports` that open a flow's destination port; null where there are none: every port is open. */
export function matchPorts(rule: Rule, { flow, reading }: View): readonly number[] | null {
  if (rule.ports.length === 0) return null
  const matching: number[] = []
  for (const [index, entry] of rule.ports.entries()) if (matchesEntry(entry, flow, reading)) matching.push(index)
  return matching
}

/** One entry: all ports of its protocol, a range, or a name that the destination resolves. */
function matchesEntry({ protocol, port }: PortRule, flow: Flow, reading: Reading): boolean {
  if (protocol !== flow.protocol) return false
  if (port === null) return true
  if (typeof port !== 'string') return port.first <= flow.port && flow.port <= port.last
  return namedPorts(flow.destination, port, reading).some(
    (declared) => declared.protocol === protocol && declared.port === flow.port,
  )
}

/**
 * What a port name stands for at a destination: perhaps several ports of a pod (A-54f), nothing outside the cluster
 * (A-54d), and nothing on a host's network where policies see only the node.
 */
export function namedPorts(
  destination: Endpoint,
  name: string,
  { hostNetwork }: Pick<Reading, 'hostNetwork'>,
): readonly ContainerPort[] {
  if (destination.kind !== 'pod' || (destination.pod.hostNetwork && hostNetwork === 'ignore')) return []
  return destination.pod.ports.filter((port) => port.name === name)
}
