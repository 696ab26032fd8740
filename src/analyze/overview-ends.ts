import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Numbering } from './namespace-counts.js'
import type { Reach } from './reach.js'

/** Both sides of an overview by numbers; those of namespaces are of one numbering. */
export interface OverviewEnds {
  readonly fromSpaces: readonly number[]
  readonly toSpaces: readonly number[]
  /** How many namespaces there are. */
  readonly spaces: number
  /** The column of each destination. */
  readonly columnAt: Int32Array
  /** The destination that is the same single pod as a source, which is not paired with itself. */
  readonly selfOf: (member: number) => number | undefined
}

/** Numbers the ends of a selection. */
export function overviewEnds({ sources, destinations, columns }: Reach, namespaces: Numbering): OverviewEnds {
  const spacesOf = (endpoints: readonly MatrixEndpoint[]) =>
    endpoints.map(({ party }) => namespaces.numberOf(party.workload.namespace))
  const [fromSpaces, toSpaces] = [spacesOf(sources), spacesOf(destinations)]
  const columnAt = new Int32Array(destinations.length)
  for (const [column, { members }] of columns.entries()) for (const member of members) columnAt[member] = column
  const numberOf = new Map(destinations.map((endpoint, number) => [endpoint, number]))
  const selves = sources.map((endpoint) => (endpoint.another ? undefined : numberOf.get(endpoint)))
  return { fromSpaces, toSpaces, spaces: namespaces.size(), columnAt, selfOf: (member) => selves[member] }
}
