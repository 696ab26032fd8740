import type { Assertion } from '../../model/assertion.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { Certainty } from '../../model/verdict.js'
import type { AddressRange } from '../../net/ranges.js'
import type { End } from './ends.js'
import type { Unanswerable } from './unanswerable.js'

/** How a pair disagrees with a test. */
export type DisagreementKind = 'open' | 'closed' | 'unlisted' | 'uncertain' | 'denied-by' | 'fixed' | 'partly-fixed'

/** A pair that disagrees. */
export interface Disagreement {
  readonly from: End
  readonly to: End
  /** The addresses of the end outside that this is said of; null where neither is. */
  readonly ranges: readonly AddressRange[] | null
  readonly problem: DisagreementKind
  /** The ports that disagree: by protocol, sorted, disjoint and merged. */
  readonly ports: readonly PortAtom[]
  readonly certainty: Certainty
}

/** What came of evaluating a test, before it is worded. */
export interface Outcome {
  readonly assertion: Assertion
  readonly status: 'passed' | 'failed' | 'known-gap' | 'error'
  /** How many pairs were asked about. */
  readonly pairs: number
  readonly knownGap: string | null
  /** By the ids of the ends. */
  readonly failures: readonly Disagreement[]
  /** Why it could not be evaluated. */
  readonly error: Pick<Unanswerable, 'code' | 'message' | 'help' | 'place'> | null
  /** What is odd about a test that was evaluated. */
  readonly remarks: readonly Remark[]
}

/** A warning about a test; where it keeps the test from holding, that is said. */
export interface Remark extends Pick<Unanswerable, 'code' | 'message' | 'help' | 'place'> {
  readonly severity: 'error' | 'warning'
}
