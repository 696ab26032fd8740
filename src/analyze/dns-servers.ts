import type { CompiledCluster } from '../engine/compile.js'
import { evaluate } from '../engine/evaluate.js'
import type { Cluster } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'
import type { Protocol } from '../model/protocol.js'
import { clusterDns } from '../query/cluster-dns.js'
import type { WorkloadParty } from '../query/party.js'
import { parsePeer } from '../query/peer.js'
import type { PortQuestion } from '../query/port.js'
import { ok } from '../query/question-error.js'
import { resolvePeer } from '../query/resolve.js'
import { knownAddresses } from './known-addresses.js'
import { askedOfService, portsBehind } from './service-ports.js'
import { pair } from './variants.js'

/** The ports that a party surely reaches none of the pods that serve DNS on, by protocol, and these pods. */
export interface ClosedDns {
  readonly protocols: readonly Protocol[]
  /** `53/UDP and 53/TCP of kube-system/Deployment/coredns`. */
  readonly text: string
}

/** Whether a party is one of those that serve DNS. */
export function servesDns({ cluster }: CompiledCluster, from: WorkloadParty): boolean {
  return isOneOf(dnsServers(cluster), from)
}

function isOneOf(servers: readonly DnsServer[], { pods }: WorkloadParty): boolean {
  return servers.some(({ party }) => party.pods.some((pod) => pods.includes(pod)))
}

/** What keeps a party from DNS; null where nothing surely does, and `unknown` where the input does not show who serves it. */
export const closedServers = once((compiled: CompiledCluster) =>
  once((from: WorkloadParty) => closedTo(compiled, from, dnsServers(compiled.cluster))),
)

/** The same of given servers. */
export function closedTo(
  compiled: CompiledCluster,
  from: WorkloadParty,
  servers: readonly DnsServer[],
): ClosedDns | 'unknown' | null {
  if (servers.length === 0) return 'unknown'
  if (isOneOf(servers, from)) return null
  const world = { compiled, known: knownAddresses(compiled.cluster) }
  const isClosed = ({ party, protocol, port }: DnsServer): boolean => {
    const found = pair(world, from, party, null)
    const variants = found.kind === 'pair' ? found.variants : []
    return (
      variants.length > 0 &&
      variants.every((variant) => {
        const { verdict, certainty } = evaluate(compiled, { ...variant, protocol, port })
        return verdict === 'deny' && certainty === 'certain'
      })
    )
  }
  const perProtocol = [...grouped(servers, ({ protocol }) => protocol).values()]
  const closed = perProtocol.filter((some) => some.every(isClosed)).flat()
  if (closed.length === 0) return null
  const ports = [...new Set(closed.map(({ protocol, port }) => `${port}/${protocol}`))]
  const ids = [...new Set(closed.map(({ party }) => party.workload.id))]
  return {
    protocols: [...new Set(closed.map(({ protocol }) => protocol))],
    text: `${ports.join(' and ')} of ${ids.join(' and ')}`,
  }
}

/** Pods that serve DNS, and a port that is behind 53. */
export interface DnsServer {
  readonly party: WorkloadParty
  readonly protocol: Protocol
  readonly port: number
}

/** The pods that serve DNS, with the ports behind 53; empty where the input does not show them, or pods ask a cache on their node. */
export const dnsServers = once((cluster: Cluster): readonly DnsServer[] => {
  const isCached = cluster.workloads.some(({ pods }) =>
    pods.some(({ labels }) => labels.get('k8s-app') === 'node-local-dns'),
  )
  const dns = isCached ? null : clusterDns(cluster)
  const peer = dns?.ok === true ? parsePeer(dns.value, 'kube-system') : null
  if (dns?.ok !== true || peer?.ok !== true) return []
  const found = resolvePeer(cluster, peer.value, dns.value, ({ workload, pods }) => [
    { kind: 'workload', workload, pods, part: null },
  ])
  if (!found.ok) return []
  const { parties, service } = found.value
  const protocols: readonly Protocol[] = ['UDP', 'TCP']
  const port: PortQuestion = { kind: 'range', protocols, first: 53, last: 53 }
  const asked = service === undefined ? ok(port) : askedOfService(service, parties, port)
  return parties.flatMap((party): readonly DnsServer[] => {
    if (party.kind !== 'workload' || !asked.ok) return []
    return asked.value.kind === 'service'
      ? portsBehind(asked.value, party).map(({ protocol, port: number }) => ({ party, protocol, port: number }))
      : protocols.map((protocol) => ({ party, protocol, port: 53 }))
  })
})
