import type { ContainerPort } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { Rule } from '../model/policy.js'
import { isPassedOver, type Reading } from './readings.js'
import type { View } from './view.js'

/** The entries of `ports` that open a flow's destination port; null where there are none: every port is open. */
export function matchPorts(rule: Rule, { compiled, flow, reading }: View): readonly number[] | null {
  if (rule.ports.length === 0) return null
  const { opening, named } = compiled.indexOf(rule)
  const byNumber = opening(flow.protocol, flow.port)
  if (named.length === 0) return byNumber
  const byName = named.filter(
    ({ protocol, name }) =>
      protocol === flow.protocol &&
      namedPorts(flow.destination, name, reading).some(
        (declared) => declared.protocol === protocol && declared.port === flow.port,
      ),
  )
  return [...byNumber, ...byName.map(({ entry }) => entry)].sort((a, b) => a - b)
}

/**
 * What a port name stands for at a destination: perhaps several ports of a pod (A-54f), nothing outside the cluster
 * (A-54d), and nothing on a host's network where policies see only the node.
 */
export function namedPorts(
  destination: Endpoint,
  name: string,
  reading: Pick<Reading, 'hostNetwork'>,
): readonly ContainerPort[] {
  if (destination.kind !== 'pod' || isPassedOver(destination.pod, reading)) return []
  return destination.pod.ports.filter((port) => port.name === name)
}
