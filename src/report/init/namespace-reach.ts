import type { Connection, ConnectionEnd } from '../../analyze/connections.js'
import type { MatrixEndpoint } from '../../analyze/matrix-endpoints.js'
import { grouped } from '../../model/grouped.js'
import { FAMILIES } from '../../net/address.js'
import { overlaps } from '../../net/ranges.js'
import { internetRanges } from '../../query/special-purpose.js'

/** Which namespaces have something that may reach something of which others. */
export interface NamespaceReach {
  /** Sorted. */
  readonly namespaces: readonly string[]
  /** Those that may reach a namespace, itself not among them. */
  readonly into: (namespace: string) => ReadonlySet<string>
  /** Those that a namespace may reach. */
  readonly outOf: (namespace: string) => ReadonlySet<string>
  /** Whether there are two pods in a namespace, so that one could reach the other. */
  readonly hasPairs: (namespace: string) => boolean
  /** What of the outside may reach a namespace. */
  readonly fromOutside: (namespace: string) => 'internet' | 'external' | 'nothing'
}

/** Gathers connections by namespace; what is only possibly open counts as open. */
export function namespaceReach(
  endpoints: readonly MatrixEndpoint[],
  connections: Iterable<Connection>,
): NamespaceReach {
  const byNamespace = grouped(endpoints, ({ party }) => party.workload.namespace)
  const namespaces = [...byNamespace.keys()].sort()
  const into = new Map(namespaces.map((namespace) => [namespace, new Set<string>()]))
  const outOf = new Map(namespaces.map((namespace) => [namespace, new Set<string>()]))
  const outside = new Map<string, 'internet' | 'external'>()
  const internet = FAMILIES.flatMap(internetRanges)
  for (const { from, to } of connections) {
    const [source, destination] = [namespaceOfEnd(from), namespaceOfEnd(to)]
    if (destination === null) continue
    if ('ranges' in from) {
      const isWide = from.ranges.some((range) => internet.some((one) => overlaps(one, range)))
      if (isWide || !outside.has(destination)) outside.set(destination, isWide ? 'internet' : 'external')
    } else if (source !== null && source !== destination) {
      into.get(destination)?.add(source)
      outOf.get(source)?.add(destination)
    }
  }
  const nobody: ReadonlySet<string> = new Set()
  return {
    namespaces,
    into: (namespace) => into.get(namespace) ?? nobody,
    outOf: (namespace) => outOf.get(namespace) ?? nobody,
    hasPairs: (namespace) => {
      const [first, second] = byNamespace.get(namespace) ?? []
      return second !== undefined || first?.another === true
    },
    fromOutside: (namespace) => outside.get(namespace) ?? 'nothing',
  }
}

/** The namespace of an end of a connection; null outside the cluster. */
function namespaceOfEnd(end: ConnectionEnd): string | null {
  return 'ranges' in end ? null : end.party.workload.namespace
}
