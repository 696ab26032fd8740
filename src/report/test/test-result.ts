import type { MutationKind } from '../../analyze/assertions/mutants.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Certainty } from '../../model/verdict.js'
import type { DirectionResult, PlaceResult } from '../check-result.js'
import type { SettingsResult } from '../settings-line.js'
import type { PortResult } from '../matrix/matrix-result.js'

/** What `test` answers: the object that `-o json` prints, described by `schemas/test.json`. */
export interface TestResult {
  readonly schemaVersion: 1
  readonly command: 'test'
  /** Some answer rests on less than all of an input. */
  readonly incomplete: boolean
  /** So many hostNetwork workloads were left out of wildcards, `allowOnly…` and `closed`. */
  readonly hostNetworkLeftOut: number
  readonly summary: TestSummary
  /** In the order of the files, and of the tests in each. After an error: those that could be evaluated, and the errors. */
  readonly tests: readonly AssertionResult[]
  /** Null unless it was asked for and every test passes. */
  readonly coverage: CoverageResult | null
  /** The settings of the project that took part, each file once; left out where there are none. */
  readonly settings?: readonly SettingsResult[]
  /** What is worth knowing about the commit that the tests are of; left out where there is nothing. */
  readonly notes?: readonly { readonly code: 'base-may-be-older'; readonly message: string }[]
  /** What there is to say about assertion files, inputs and the command line. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Numbers of tests by their status, and of all pairs that they asked about. */
export interface TestSummary {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  readonly knownGaps: number
  readonly errors: number
  readonly pairs: number
}

/**
 * What a test asks. A file that cannot be read, or has no tests, stands among them as an error of kind `file`, and a
 * coverage below `--min-coverage` as a failure of kind `coverage`, so that no report can pass them over.
 */
export type AssertionKind = 'expect' | 'allowOnlyFrom' | 'allowOnlyTo' | 'closed' | 'file' | 'coverage'

/** What came of a test; an `error` could not be evaluated, as where something in it matches nothing. */
export type AssertionStatus = 'passed' | 'failed' | 'known-gap' | 'error'

/** One test. */
export interface AssertionResult extends PlaceResult {
  /** A one-line test is its own name; `closed` of a file is named `closed`, a missed coverage `coverage`; an error about a file has its path. */
  readonly name: string
  readonly kind: AssertionKind
  readonly status: AssertionStatus
  /** How many pairs of endpoints it asked about; the outside counts as one endpoint. */
  readonly pairs: number
  /** The assertion file as it was named or found, relative to the current folder; `<arguments>` for a missed coverage. */
  readonly file: string
  /** The `why` of the test. */
  readonly why: string | null
  /** The text of the known gap that the test, or one of its entries, rests on. */
  readonly knownGap: string | null
  /** Every pair that disagrees, by the ids of its ends; a known gap keeps its own. Empty for an error and for coverage. */
  readonly failures: readonly FailureResult[]
  /** Why it could not be evaluated, or that too little is covered; left out where `failures` say what is wrong. */
  readonly diagnostics?: readonly Diagnostic[]
}

/**
 * How a pair disagrees: `open` must be closed, `closed` must be open, `unlisted` is open and in no list, `uncertain` is
 * neither sure, `denied-by` is denied by another direction than expected, `fixed` and `partly-fixed` are known gaps of
 * which all or some pairs are right.
 */
export type Problem = 'open' | 'closed' | 'unlisted' | 'uncertain' | 'denied-by' | 'fixed' | 'partly-fixed'

/** A pair that disagrees with a test. */
export interface FailureResult {
  /** `namespace/Kind/name`, with `{key=value}` for a part of a workload, `node/NAME`, or `external`. */
  readonly from: string
  readonly to: string
  /** The addresses of the end that is `external`; left out where neither is. */
  readonly cidrs?: readonly string[]
  readonly problem: Problem
  /** The ports that disagree; of a known gap, those that are right. */
  readonly ports: readonly PortResult[]
  readonly certainty: Certainty
  /** Both directions of the flow to the first of the ports, with the rules and policies that decided. */
  readonly egress: DirectionResult
  readonly ingress: DirectionResult
  /** What is wrong and what would have to be true, in one sentence. */
  readonly message: string
  /** For `unlisted`: the one-line test that would permit it. */
  readonly test?: string
  /** For `unlisted` of an `allowOnly…`: the entry that would permit it, as an assertion file has it. */
  readonly entry?: string
}

/** What `--coverage` found. */
export interface CoverageResult {
  /** Killed of those that count, in percent, rounded down to one decimal; null where none counts. */
  readonly percent: number | null
  readonly killed: number
  readonly survived: number
  /** Mutants that leave the matrix as it is; they do not count. */
  readonly noEffect: number
  /** Mutants that open something, whatever they close. */
  readonly opening: MutantCounts
  /** All others. */
  readonly closing: MutantCounts
  readonly survivors: readonly SurvivorResult[]
}

/** How many mutants some test noticed, and how many none did. */
export interface MutantCounts {
  readonly killed: number
  readonly survived: number
}

/** A mutant that no test notices, at the place in the policy that nothing would miss. */
export interface SurvivorResult extends PlaceResult {
  readonly mutation: MutationKind
  readonly policy: { readonly kind: string; readonly namespace: string | null; readonly name: string }
  /** `spec.ingress[0].from`. */
  readonly path: string
  /** How many connections it opens, at least on one port, and how many it closes. */
  readonly opened: number
  readonly closed: number
  /** A one-line test that holds on the input and fails on the mutant; null where no one-line test can tell. */
  readonly test: string | null
}
