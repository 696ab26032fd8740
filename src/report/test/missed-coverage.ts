import { mistake } from '../check.js'
import type { AssertionResult, CoverageResult } from './test-result.js'

/** Whether coverage is asked for, and the least percentage that is enough. */
export interface WantedCoverage {
  readonly least: number | null
}

/** A missed `--min-coverage` as a test of its own, so that no report passes it over; null where it is not missed. */
export function missedCoverage({ percent }: CoverageResult, least: number | null): AssertionResult | null {
  if (least === null || (percent !== null && percent >= least)) return null
  const message =
    percent === null
      ? 'no mutant of the policies has an effect, so there is no coverage to measure'
      : `${percent} % of the mutants are noticed by some test, expected at least ${least} %`
  const problem = mistake({
    code: 'NP039',
    message,
    help: percent === null ? null : 'add the tests that the survivors name',
  })
  const status = percent === null ? 'error' : 'failed'
  const head = {
    name: 'coverage',
    kind: 'coverage',
    status,
    pairs: 0,
    file: '<arguments>',
    line: null,
    column: null,
  } as const
  return { ...head, why: null, knownGap: null, failures: [], diagnostics: [problem] }
}
