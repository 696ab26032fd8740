import { parseCluster } from '../../src/index.js'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { testReport, type TestRun } from '../../src/report/test/test-report.js'
import type { AssertionResult, TestResult } from '../../src/report/test/test-result.js'

/** The result of an assertion file over manifests that are given as text. */
export function evaluate(manifests: string, tests: string, options: TestRun['options'] = {}): TestResult {
  const file = parseAssertions(tests, 'netpol-tests.yaml')
  return testReport([{ file, cluster: parseCluster([{ file: 'm.yaml', text: manifests }]), options }])
}

/** The tests of a file, each of which stands in a list below `tests`. */
export function testsOf(...lines: readonly string[]): string {
  return ['version: 1', 'tests:', ...lines.flatMap((test) => itemOf(test))].join('\n')
}

function itemOf(test: string): readonly string[] {
  return test.split('\n').map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)
}

/** What a test came to, in one line for each pair that disagrees. */
export function told({ status, failures, diagnostics = [] }: AssertionResult): readonly string[] {
  return [
    status,
    ...failures.map(({ problem, from, to, ports, cidrs = [] }) => {
      const numbers = ports.map(
        ({ protocol, port, endPort }) => `${port === endPort ? port : `${port}-${endPort}`}/${protocol}`,
      )
      return [problem, from, to, numbers.join(), ...cidrs].join(' ')
    }),
    ...diagnostics.map(({ code, message }) => `${code} ${message}`),
  ]
}

/** What the only test of a file came to. */
export function only(result: TestResult): readonly string[] {
  return result.tests.length === 1 ? result.tests.flatMap(told) : [`${result.tests.length} tests`]
}
