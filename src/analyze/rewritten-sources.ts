import type { CompiledCluster } from '../engine/compile.js'
import { blockRanges } from '../engine/unknown-address.js'
import { chosenReading } from '../engine/readings.js'
import type { ClusterService, ServicePort } from '../model/cluster.js'
import type { Flow } from '../model/flow.js'
import type { PortRange } from '../model/policy.js'
import type { Address } from '../net/address.js'
import { VERDICT_OF } from '../model/verdict.js'
import { contains, covers, wholeFamily, type AddressRange } from '../net/ranges.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { Party, WorkloadParty } from '../query/party.js'
import type { FlowAnswer } from './flow-answer.js'
import { openedOf } from './opened-ports.js'
import { servicesOf, targetsOf } from './services.js'

/**
 * The Services by which clients outside the cluster reach the destination, and may do so from the address of a node
 * instead of their own; the pod's own node is always let in. None where that could change nothing: policies do not decide, or let in every address
 * that a node can have.
 */
export function rewritingServices(compiled: CompiledCluster, answer: FlowAnswer): readonly ClusterService[] {
  const { from, to, egress, ingress, via } = answer
  if (to.kind !== 'workload' || VERDICT_OF[egress.reason] === 'deny') return []
  // Pods come under another address only where they take the way of clients outside
  if (from.kind !== 'outside' && (from.kind !== 'workload' || via?.front?.isExternal !== true)) return []
  if (ingress.reason !== 'rule-matched' && ingress.reason !== 'no-rule-matched') return []
  const before = servicesBefore(compiled, to)
  return (via === null ? before : before.filter((service) => service === via.service)).filter(({ ports }) =>
    answer.cases.some(({ flow }) =>
      ports
        .flatMap((port) => targetsIn(port, flow, answer))
        .some(
          (port) => ingress.reason === 'no-rule-matched' || isAddressDecisive(compiled, ingress.deciding, flow, port),
        ),
    ),
  )
}

/** Services that let clients in and pick one of the pods. */
export function servicesBefore({ cluster }: CompiledCluster, { pods }: WorkloadParty): readonly ClusterService[] {
  if (!cluster.services.some(({ rewritesSource }) => rewritesSource !== null)) return []
  const found = pods.flatMap((pod) => servicesOf(cluster, pod))
  return [...new Set(found)].filter(({ rewritesSource }) => rewritesSource !== null)
}

/** The ports of a pod behind a port of a Service that an answer is about. */
export function targetsIn(
  port: ServicePort,
  { protocol, destination }: Flow,
  { first, last }: PortRange,
): readonly number[] {
  if (port.protocol !== protocol || destination.kind !== 'pod') return []
  return targetsOf(port, destination.pod).filter((number) => first <= number && number <= last)
}

/** Whether it matters which address a connection comes from that policies let in. */
export function isAddressDecisive(
  compiled: CompiledCluster,
  deciding: readonly RuleForm[],
  flow: Flow,
  port: number,
): boolean {
  const view = { compiled, flow, reading: chosenReading(compiled) }
  const open = deciding
    .flatMap(({ rules }) => rules.ingress)
    .filter((rule) => openedOf(rule, view, { first: port, last: port }) === 'all')
  if (open.some(({ peers }) => peers.length === 0)) return false
  const held = open.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'ip-block' ? blockRanges(peer) : [])))
  return flow.family === null || !holdsNodes(compiled, held, flow)
}

/**
 * Whether ranges hold every address that a node has, other than the pod's own, which is let in whatever policies say; where that of
 * a node, or of any, is not in the input, every address there is.
 */
function holdsNodes(
  { cluster }: CompiledCluster,
  ranges: readonly AddressRange[],
  { destination, family }: Flow,
): boolean {
  const own = destination.kind === 'pod' ? destination.pod.node : null
  const others = [...cluster.nodes.values()].filter(({ name }) => name !== own)
  if (cluster.nodes.size > 0 && others.length === 0) return true
  const addresses = others
    .flatMap((node): readonly Address[] => node.addresses)
    .filter((address) => address.family === family)
  return family !== null && (addresses.length === 0 || others.some((node) => node.addresses.length === 0))
    ? covers(ranges, wholeFamily(family))
    : addresses.every((address) => ranges.some((range) => contains(range, address)))
}

/** `the LoadBalancer Service shop/web`. */
export function serviceText({ namespace, name, rewritesSource }: ClusterService): string {
  const kind = rewritesSource === 'externalIPs' ? 'Service with externalIPs' : `${rewritesSource ?? ''} Service`
  return `the ${kind.trim()} ${namespace}/${name}`
}

/** The Services with an address in a range that is asked about: no pod has it, and policies see the pods behind the Service. */
export function serviceAddressesIn(
  { cluster: { services } }: CompiledCluster,
  party: Party,
): readonly ClusterService[] {
  if (party.kind !== 'outside' || party.name === 'external') return []
  // The internet as a whole has load balancers in it
  const outside = party.name !== 'internet'
  return services.filter(({ clusterAddresses, externalAddresses }) =>
    [...clusterAddresses, ...(outside ? externalAddresses : [])].some((address) =>
      party.ranges.some((range) => contains(range, address)),
    ),
  )
}
