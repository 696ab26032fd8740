import type { Diagnostic } from './diagnostic.js'
import type { Direction } from './direction.js'
import type { Position } from './source.js'
import type { Certainty, Verdict } from './verdict.js'

/** Words of an assertion file, and where they stand. */
export interface Words {
  readonly text: string
  readonly place: Position
}

/** An assertion file as it is written: its words are not yet looked up in any cluster. */
export interface AssertionFile {
  /** The path that messages call it by. */
  readonly file: string
  /** Paths relative to the file; null where it leaves them to the settings. */
  readonly inputs: readonly Words[] | null
  /** Null where a group has a mistake, which is one of the problems. */
  readonly groups: ReadonlyMap<string, readonly Words[] | null>
  /** In the order of the file; `closed` comes last. */
  readonly assertions: readonly Assertion[]
  /** What is wrong with the file itself, and not with one of its tests. */
  readonly problems: readonly Diagnostic[]
}

/** One test of a file, or its `closed`. */
export type Assertion = ExpectAssertion | AllowOnlyAssertion | ClosedAssertion | RefusedAssertion

/** What every test has. */
export interface AssertionHead {
  readonly name: string
  readonly place: Position
  readonly why: string | null
}

/** Marks of uncertainty that a test can admit. */
export type AdmittedCertainty = Exclude<Certainty, 'certain'>

/** `from`, `to`, `expect`: every pair must agree. */
export interface ExpectAssertion extends AssertionHead {
  readonly kind: 'expect'
  readonly from: readonly Words[]
  /** Each may end in `:PORT,PORT`. */
  readonly to: readonly Words[]
  readonly ports: readonly Words[] | null
  readonly expect: Verdict
  readonly deniedBy: Direction | 'both' | null
  readonly except: readonly Exception[]
  readonly certainty: AdmittedCertainty | null
  readonly knownGap: string | null
}

/** Pairs that a test leaves out. */
export interface Exception {
  readonly place: Position
  readonly sameNamespace: boolean
  readonly from: readonly Words[] | null
  readonly to: readonly Words[] | null
}

/** `allowOnlyFrom` or `allowOnlyTo`: what is listed is open, and nothing else. */
export interface AllowOnlyAssertion extends AssertionHead {
  readonly kind: 'allowOnlyFrom' | 'allowOnlyTo'
  /** Whose connections are counted: the `to` of allowOnlyFrom, the `from` of allowOnlyTo. */
  readonly subject: readonly Words[]
  readonly ports: readonly Words[] | null
  readonly entries: readonly AllowOnlyEntry[]
  readonly except: readonly Exception[]
  readonly certainty: AdmittedCertainty | null
}

/** Who may connect; where it is a destination each peer may end in `:PORT,PORT`. */
export interface AllowOnlyEntry {
  readonly place: Position
  readonly peers: readonly Words[]
  readonly ports: readonly Words[] | null
  readonly mayBeClosed: boolean
  readonly knownGap: string | null
}

/** `closed`: what no test allows must be denied. */
export interface ClosedAssertion extends AssertionHead {
  readonly kind: 'closed'
  readonly namespaces: readonly Words[]
  readonly directions: readonly Direction[]
  readonly external: boolean
  readonly certainty: AdmittedCertainty | null
}

/** A test that is not written as one; it is an error, and the others are evaluated. */
export interface RefusedAssertion extends AssertionHead {
  readonly kind: 'refused'
  /** What it was probably meant to be. */
  readonly as: Exclude<Assertion['kind'], 'refused'>
  readonly problem: Diagnostic
}
