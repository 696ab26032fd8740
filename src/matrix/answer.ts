import type { Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'
import type { SetId } from './connection-sets.js'

/** What pods of one class may open to pods of another, and how sure that is. */
export interface Answer {
  readonly open: SetId
  /** What is closed as things stand, and open as others read the API or the input may turn out: all else is certainly closed. */
  readonly possible: SetId
  /** How sure it is that `open` is. */
  readonly certainty: Certainty
  /** Why the answer is unsure, where that is a matter of address families, or of what the matrix did not try out. */
  readonly note: 'no-shared-family' | 'families-differ' | 'certainty-estimated' | null
  /** What is open over each family, where that differs; `open` is then what all of them open, perhaps nothing. */
  readonly byFamily: readonly FamilyAnswer[]
}

/** What is open over one family. */
export interface FamilyAnswer extends Pick<Answer, 'open' | 'possible' | 'certainty'> {
  readonly family: Family
}

/** What is open over one family, or over one that the input does not say. */
export interface FamilyOpen {
  readonly family: Family | null
  readonly open: SetId
}

/** How the nodes of two ends decide, where one of these is on its host's network. */
export interface Nodes {
  /** All pods share their node, so that the destination lets the source in whatever the policies. */
  readonly letsIn: boolean
  /** The same of some of them, or it is not known. */
  readonly mayLetIn: boolean
  /** The destination may be the source's own node, which the source may send to as some read the API. */
  readonly mayLetOut: boolean
}
