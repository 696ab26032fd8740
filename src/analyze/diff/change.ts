import type { AddressRange } from '../../net/ranges.js'
import type { Danger } from './danger.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { LineChange } from './line-changes.js'

/** A pair, and what became of its open ports; an end is null where it is the outside world. */
export interface Change extends LineChange {
  readonly danger: Danger
  readonly from: EndpointPair | null
  readonly to: EndpointPair | null
  /** The addresses of the outside end; null where there is none. */
  readonly ranges: readonly AddressRange[] | null
}
