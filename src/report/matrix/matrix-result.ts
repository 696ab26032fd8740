import type { Family } from '../../net/address.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Choice } from '../../model/choice.js'
import type { Inventory } from '../../model/cluster.js'
import type { Protocol } from '../../model/protocol.js'
import type { Certainty } from '../../model/verdict.js'
import type { NoteResult } from '../check-result.js'

/** Who may reach whom: the object that `matrix -o json` prints, described by `schemas/matrix.json`. */
export interface MatrixResult {
  readonly schemaVersion: 1
  readonly command: 'matrix'
  /** The answer rests on less than all of the input. */
  readonly incomplete: boolean
  readonly inventory: Inventory
  /** Sorted by id. */
  readonly endpoints: readonly MatrixEndpointResult[]
  /** Every pair with a port that is open or may be, sorted by id; null where the question could not be answered. */
  readonly connections: readonly ConnectionResult[] | null
  /** How many connections more there are than the limit lets show, as far as they were counted; left out where there are none. */
  readonly omittedConnections?: number
  /** Where there is no answer: what could be read instead, the part that keeps most policies first; left out where nothing is offered. */
  readonly choices?: readonly Choice[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A row and a column of the matrix. */
export interface MatrixEndpointResult {
  /** `namespace/Kind/name`, with `{key=value}` for a part of a workload. */
  readonly id: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  /** Live pods, else replicas; null where only the cluster knows. */
  readonly pods: number | null
  readonly hostNetwork?: true
}

/** A pair with at least one port that is open, or may be. A pair that is absent is certainly closed. */
export interface ConnectionResult {
  /** The id of an endpoint, or `external`. */
  readonly from: string
  readonly to: string
  /** Where an end is `external`: the fewest CIDRs that hold exactly its addresses. */
  readonly cidrs?: readonly string[]
  /** All that is open: by protocol, sorted, disjoint and merged. Empty where ports are only possibly open. */
  readonly ports: readonly PortResult[]
  /**
   * What is closed as things stand, but open under another reading of the API, or if what the input does not say turns out
   * so; all other ports are certainly closed. Left out where there is none.
   */
  readonly possible?: readonly PortResult[]
  /**
   * Only where different ports are open, or may be, over IPv4 and over IPv6: these are over this one. What is open over
   * both has a line without it.
   */
  readonly family?: Family
  /** That of the least certain of these ports; left out where all are certain. */
  readonly certainty?: Certainty
  readonly notes?: readonly NoteResult[]
}

/** Ports of one protocol, from `port` to `endPort`. */
export interface PortResult {
  readonly protocol: Protocol
  readonly port: number
  readonly endPort: number
}
