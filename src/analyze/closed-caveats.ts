import type { SetId } from '../matrix/connection-sets.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import type { Cluster } from '../model/cluster.js'
import { once } from '../model/once.js'
import { MAX_PORT, type Protocol } from '../model/protocol.js'
import { isEnrolled, isMeshed, TUNNEL } from './ambient-mesh.js'
import type { Matrix } from './class-matrix.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import { servicesBefore } from './rewritten-sources.js'
import { targetsOf } from './services.js'

/** What may get through although policies close it, in ways that policies do not see; `check` says the same of a denial. */
export interface ClosedCaveats {
  /** Whether anything is said of pairs in the cluster. */
  readonly isConcerned: boolean
  /** Equal for endpoints of which pairs say the same, policies apart. */
  kindOf(endpoint: MatrixEndpoint): string
  /** A mesh carries connections to a port of its own, which may be open where theirs is not. */
  between(from: MatrixEndpoint, to: MatrixEndpoint): SetId
  /** A Service may bring clients under the address of a node, which is let in. */
  fromOutside(to: MatrixEndpoint): SetId
}

/** Looks for such ways; the ports are those of the whole connection, whatever is open. */
export function closedCaveats(matrix: Matrix): ClosedCaveats {
  const { sets, compiled } = matrix
  const { cluster } = compiled
  const isConcerned = isMeshed(cluster)
  const tcp = sets.of([{ protocol: 'TCP', first: 1, last: MAX_PORT }])
  const tunnel = sets.of([{ protocol: 'TCP', first: TUNNEL, last: TUNNEL }])
  const isIn = once(({ party: { pods } }: MatrixEndpoint) => pods.some((pod) => isEnrolled(cluster, pod)))
  return {
    isConcerned,
    kindOf: (endpoint) => {
      const [pod] = endpoint.party.pods
      return isConcerned ? `${String(isIn(endpoint))} ${String(pod !== undefined && isEnrolled(cluster, pod))}` : ''
    },
    between(from, to) {
      if (!isConcerned || !isIn(from) || !isIn(to)) return sets.none
      return sets.covers(matrix.answer(from.party, to.party).open, tunnel) ? sets.minus(tcp, tunnel) : sets.none
    },
    fromOutside: once(({ party }) => {
      const ports = servicesBefore(compiled, party).flatMap((service) => service.ports)
      return sets.of(ports.flatMap((port) => party.pods.flatMap((pod) => atomsOf(port.protocol, targetsOf(port, pod)))))
    }),
  }
}

/** The ports that caveats speak of, which no policy need tell from their neighbours. */
export function portsOfCaveats(cluster: Cluster): readonly PortAtom[] {
  const names = new Set<string>()
  const found = new Map<string, PortAtom>()
  const add = (protocol: Protocol, port: number) =>
    found.set(`${port}/${protocol}`, { protocol, first: port, last: port })
  for (const { rewritesSource, ports } of cluster.services) {
    if (rewritesSource === null) continue
    for (const { protocol, target } of ports) {
      if (typeof target === 'number') add(protocol, target)
      else names.add(`${target}/${protocol}`)
    }
  }
  // One walk over the pods, however many Services there are
  for (const { pods } of names.size === 0 ? [] : cluster.workloads) {
    for (const { ports } of pods) {
      for (const { name, protocol, port } of ports) if (names.has(`${name ?? ''}/${protocol}`)) add(protocol, port)
    }
  }
  if (isMeshed(cluster)) add('TCP', TUNNEL)
  return [...found.values()]
}

function atomsOf(protocol: Protocol, ports: readonly number[]): readonly PortAtom[] {
  return ports.map((port) => ({ protocol, first: port, last: port }))
}
