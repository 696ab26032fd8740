import type { ContainerPort } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { Protocol } from '../model/protocol.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'
import type { AnyRule } from '../model/policy.js'
import { isPassedOver, type Reading } from './readings.js'
import type { View } from './view.js'

/** The entries of `ports` that open a flow's destination port; null where there are none: every port is open. */
export function matchPorts(rule: AnyRule, { compiled, flow, reading }: View): readonly number[] | null {
  if (rule.ports.length === 0) return null
  const { opening, naming } = compiled.indexOf(rule)
  const byNumber = opening(flow.protocol, flow.port)
  const byName = naming(flow.protocol, namesOfPort(flow.destination, flow.protocol, flow.port, reading))
  if (byName.length === 0) return byNumber
  // As it is where it can be: the ports with one name share one list, however many entries have that name.
  return byNumber.length === 0 ? byName : [...byNumber, ...byName].sort((a, b) => a - b)
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
  return portsByName(resolvable(destination, reading)).get(name) ?? []
}

/** The names that stand for a port at a destination, each once. */
export function namesOfPort(
  destination: Endpoint,
  protocol: Protocol,
  port: number,
  reading: Pick<Reading, 'hostNetwork'>,
): readonly string[] {
  return namesByPort(resolvable(destination, reading)).get(`${port}/${protocol}`) ?? []
}

const NONE: readonly ContainerPort[] = []

/** The ports of a destination that have names; the same list for the same pods. */
export function resolvable(destination: Endpoint, reading: Pick<Reading, 'hostNetwork'>): readonly ContainerPort[] {
  return destination.kind !== 'pod' || isPassedOver(destination.pod, reading) ? NONE : destination.pod.ports
}

// A pod can declare thousands of ports, and each of them is asked for: a walk for each would be quadratic.
const portsByName = once((ports: readonly ContainerPort[]) => grouped(ports, ({ name }) => name))

const namesByPort = once((ports: readonly ContainerPort[]): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, Set<string>>()
  for (const { name, protocol, port } of ports) {
    if (name === null) continue
    const key = `${port}/${protocol}`
    names.set(key, (names.get(key) ?? new Set()).add(name))
  }
  return new Map([...names].map(([key, some]) => [key, [...some]]))
})
