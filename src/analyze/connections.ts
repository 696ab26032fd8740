import type { AddressRange } from '../net/ranges.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Line } from './said.js'

/** An end of a connection: an endpoint, or addresses outside the cluster. */
export type ConnectionEnd = MatrixEndpoint | OutsideEnd

/** Addresses outside the cluster. */
export interface OutsideEnd {
  readonly id: 'external'
  readonly ranges: readonly AddressRange[]
}

/** A pair with at least one port that is open or may be, and all of these. What is absent is certainly closed. */
export interface Connection extends Line {
  readonly from: ConnectionEnd
  readonly to: ConnectionEnd
}

/** The id that stands for the outside world. */
export const EXTERNAL = 'external'

/** One line of what is said between two ends. */
export function connection(
  from: ConnectionEnd,
  to: ConnectionEnd,
  { ports, possible, family, certainty, note }: Line,
): Connection {
  return { from, to, ports, possible, family, certainty, note }
}

/** The number of the endpoint that the outside world comes before. */
export function placeOfOutside(endpoints: readonly MatrixEndpoint[]): number {
  const found = endpoints.findIndex(({ id }) => id > EXTERNAL)
  return found < 0 ? endpoints.length : found
}
