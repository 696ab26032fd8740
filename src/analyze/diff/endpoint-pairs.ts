import type { Cluster } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import { unionOf } from '../../model/union-of.js'
import type { PortQuestion } from '../../query/port.js'
import { endpointsOf, type MatrixEndpoint } from '../matrix-endpoints.js'
import { renamedWorkloads, type Renamed } from './renamed.js'

/** An endpoint on both sides of a comparison; null where a side does not have it. */
export interface EndpointPair {
  /** Its number among all pairs. */
  readonly index: number
  /** That of the head, if it is there. */
  readonly id: string
  readonly base: MatrixEndpoint | null
  readonly head: MatrixEndpoint | null
}

/** The endpoints of two clusters as pairs. */
export interface EndpointPairs {
  /** Sorted by id. */
  readonly pairs: readonly EndpointPair[]
  readonly renamed: readonly Renamed[]
}

/** Pairs the endpoints of two clusters; both are divided by what either tells apart, so that parts are called alike (D-6). */
export function endpointPairs(base: Cluster, head: Cluster, port: PortQuestion | null): EndpointPairs {
  // What both sides have is looked at once, and is one endpoint
  const all = endpointsOf(
    {
      policies: unionOf(head.policies, base.policies),
      workloads: unionOf(head.workloads, base.workloads),
    },
    false,
    port,
  )
  const renamed = renamedWorkloads(base.workloads, head.workloads)
  const newIds = new Map(renamed.map(({ from, to }) => [from.id, to.id]))
  const endpointsIn = (workloads: Cluster['workloads'], idOf: (id: string) => string) => {
    const own = new Set(workloads)
    return grouped(
      all.filter(({ party: { workload } }) => own.has(workload)),
      ({ party: { workload } }) => idOf(workload.id),
    )
  }
  const ofBase = endpointsIn(base.workloads, (id) => newIds.get(id) ?? id)
  const ofHead = endpointsIn(head.workloads, (id) => id)
  const found = [...new Set([...ofBase.keys(), ...ofHead.keys()])].flatMap((id) =>
    pairedParts(id, ofBase.get(id) ?? [], ofHead.get(id) ?? []),
  )
  const pairs = found
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))
    .map((pair, index) => ({ ...pair, index }))
  return { pairs, renamed }
}

type Unnumbered = Omit<EndpointPair, 'index'>

/** Pairs the parts of one workload by what tells them apart. Where only one side has parts, each is compared with the whole of the other. */
function pairedParts(
  workload: string,
  before: readonly MatrixEndpoint[],
  after: readonly MatrixEndpoint[],
): readonly Unnumbered[] {
  const idOf = ({ party: { part } }: MatrixEndpoint) => `${workload}${part === null ? '' : `{${part}}`}`
  const [onlyBefore, onlyAfter] = [before, after].map((parts) => (parts.length === 1 ? (parts[0] ?? null) : null))
  if (onlyBefore != null && after.length > 0) return after.map((head) => ({ id: head.id, base: onlyBefore, head }))
  if (onlyAfter != null && before.length > 0) return before.map((base) => ({ id: idOf(base), base, head: onlyAfter }))
  const ofBase = new Map(before.map((endpoint) => [idOf(endpoint), endpoint]))
  const ofHead = new Map(after.map((endpoint) => [idOf(endpoint), endpoint]))
  return [...new Set([...ofBase.keys(), ...ofHead.keys()])].map((id) => ({
    id,
    base: ofBase.get(id) ?? null,
    head: ofHead.get(id) ?? null,
  }))
}
