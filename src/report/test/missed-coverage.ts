import type { Diagnostic } from '../../model/diagnostic.js'
import { isTooCostlyError, type TooCostly } from '../../model/too-costly.js'
import { mistake } from '../check.js'
import type { AssertionResult, CoverageResult } from './test-result.js'

/** Whether coverage is asked for, and the least percentage that is enough. */
export interface WantedCoverage {
  readonly least: number | null
}

/**
 * A missed `--min-coverage`, or coverage that is too costly, as a test of its own, so that no report passes it over; null where
 * nothing is missed.
 */
export function missedCoverage(measured: CoverageResult | TooCostly, least: number | null): AssertionResult | null {
  if (isTooCostlyError(measured)) return missed('error', 'NP030', measured.message, measured.help)
  const { percent } = measured
  if (least === null || (percent !== null && percent >= least)) return null
  if (percent === null)
    return missed('error', 'NP039', 'no mutant of the policies has an effect, so there is no coverage to measure', null)
  const message = `${percent} % of the mutants are noticed by some test, expected at least ${least} %`
  return missed('failed', 'NP039', message, 'add the tests that the survivors name')
}

function missed(
  status: 'failed' | 'error',
  code: Diagnostic['code'],
  message: string,
  help: string | null,
): AssertionResult {
  const problem = mistake({ code, message, help })
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
