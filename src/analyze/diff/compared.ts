import type { Direction } from '../../model/direction.js'
import type { PortQuestion } from '../../query/port.js'
import type { AskedRanges } from './changed-outside.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** What is compared: the ends of connections within the cluster, and the addresses outside that are sources or destinations. */
export interface Compared {
  readonly sources: readonly EndpointPair[]
  readonly destinations: readonly EndpointPair[]
  readonly ranges: Readonly<Record<Direction, AskedRanges>>
  readonly port: PortQuestion
}
