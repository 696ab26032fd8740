import type { ContainerPort } from '../model/cluster.js'
import type { Endpoint, Flow } from '../model/flow.js'
import type { PortRule, Rule } from '../model/policy.js'
import type { CompiledCluster } from './compile.js'
import { any, either, NO, sure, YES, type DoubtSite, type Truth } from './truth.js'

/** What the ports of a rule make of a flow; `ports` are the entries that matched, null where there are none. */
export interface PortMatch {
  readonly truth: Truth
  readonly ports: readonly number[] | null
}

/** Whether some entry of `ports` opens the flow's destination port; no entries open every port. */
export function matchPorts(rule: Rule, flow: Flow, compiled: CompiledCluster, site: DoubtSite): PortMatch {
  if (rule.ports.length === 0) return { truth: YES, ports: null }
  const truths = rule.ports.map((entry) => matchEntry(entry, flow, compiled, site))
  return { truth: any(truths), ports: truths.flatMap(({ value }, index) => (value ? [index] : [])) }
}

/** One entry: all ports of its protocol, a range, or a name that the destination resolves. */
function matchEntry({ protocol, port }: PortRule, flow: Flow, { options }: CompiledCluster, site: DoubtSite): Truth {
  if (protocol !== flow.protocol) return NO
  if (port === null) return YES
  if (typeof port !== 'string') return sure(port.first <= flow.port && flow.port <= port.last)
  const { destination } = flow
  const declared = namedPorts(destination, port)
  const named = sure(declared.some((known) => known.protocol === protocol && known.port === flow.port))
  if (destination.kind !== 'pod' || !destination.pod.hostNetwork || options.hostNetwork === 'enforce') return named
  const { namespace, name } = destination.pod
  return options.hostNetwork === 'ignore'
    ? NO
    : either(NO, named, { code: 'host-network', about: `${namespace}/${name}`, site })
}

/**
 * What a port name stands for at a destination: perhaps several ports of a pod (A-54f), nothing outside the cluster
 * (A-54d), and nothing on a host's network where policies see only the node.
 */
export function namedPorts(destination: Endpoint, name: string): readonly ContainerPort[] {
  return destination.kind === 'pod' ? destination.pod.ports.filter((port) => port.name === name) : []
}
