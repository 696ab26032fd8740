import type { ExpectAssertion } from '../../model/assertion.js'
import type { Assertion } from '../../model/assertion.js'
import type { Disagreement, Outcome, Remark } from './outcome.js'

/** What was found of the pairs of a test. */
export interface Findings {
  readonly pairs: number
  readonly wrong: readonly Disagreement[]
  /** Those that agree, as a known gap would tell them. */
  readonly right: readonly Disagreement[]
  /** Some pair has the mark that the test admits. */
  readonly isMarked: boolean
}

/** The status of an `expect`; a known gap stands as long as every pair is wrong, and never for one that is uncertain. */
export function outcomeOf(test: ExpectAssertion, findings: Findings): Outcome {
  const { knownGap } = test
  const { wrong, right } = findings
  if (knownGap === null) return finish(test, findings, wrong, null)
  const uncertain = wrong.filter(({ problem }) => problem === 'uncertain')
  if (uncertain.length > 0) return finish(test, findings, uncertain, knownGap)
  if (right.length > 0) return finish(test, findings, asFixed(right, wrong.length > 0), knownGap)
  const outcome = finish(test, findings, [], knownGap)
  return outcome.status === 'failed' ? outcome : { ...outcome, status: 'known-gap', failures: byId(wrong) }
}

/** The pairs of a known gap that are right: all of them, or only some. */
export function asFixed(right: readonly Disagreement[], isPartly: boolean): readonly Disagreement[] {
  return right.map((one) => ({ ...one, problem: isPartly ? 'partly-fixed' : 'fixed' }))
}

/** The outcome of a test with these failures, and what is odd about the certainty that it admits. */
export function finish(
  test: Exclude<Assertion, { readonly kind: 'refused' }>,
  { pairs, isMarked }: Pick<Findings, 'pairs' | 'isMarked'>,
  failures: readonly Disagreement[],
  knownGap: string | null,
): Outcome {
  const remarks: readonly Remark[] =
    test.certainty === null || isMarked
      ? []
      : [
          {
            severity: 'error',
            code: 'NP037',
            message: `no pair of this test is ${test.certainty}`,
            help: 'remove `certainty`: what it admits is no longer there',
            place: test.place,
          },
        ]
  const status = failures.length + remarks.length > 0 ? 'failed' : 'passed'
  return { assertion: test, status, pairs, knownGap, failures: byId(failures), error: null, remarks }
}

/** In the order of all outputs. */
export function byId(failures: readonly Disagreement[]): readonly Disagreement[] {
  const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))
  return failures.toSorted((a, b) => compare(a.from.id, b.from.id) || compare(a.to.id, b.to.id))
}
