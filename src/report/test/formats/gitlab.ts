import { jsonText } from '../../escape.js'
import type { Format } from '../../formats.js'
import { fingerprintOf } from '../fingerprint.js'
import { headlineOf, ruleOf, testsOf } from '../findings.js'
import type { AssertionResult, TestResult } from '../test-result.js'

/** A GitLab Code Quality report: an issue for each test that did not pass. */
export const gitlab: Format<TestResult> = (result, { inRepository }) => {
  const tests = testsOf(result)
  const issues = tests
    .filter(({ status }) => status !== 'passed')
    .map((test) => {
      const path = inRepository(test.file) ?? test.file
      return {
        description: descriptionOf(test),
        check_name: ruleOf(test),
        fingerprint: fingerprintOf(test, path),
        severity: SEVERITY[test.status],
        location: { path, lines: { begin: test.line ?? 1 } },
      }
    })
  return [jsonText(issues)]
}

const SEVERITY: Readonly<Record<AssertionResult['status'], string>> = {
  error: 'blocker',
  failed: 'critical',
  'known-gap': 'info',
  passed: 'info',
}

function descriptionOf(test: AssertionResult): string {
  if (test.status === 'known-gap') return `${test.name}: known gap ${test.knownGap ?? ''}`.trimEnd()
  return `${test.name}: ${headlineOf(test)}`
}
