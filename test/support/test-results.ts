import type { DirectionResult } from '../../src/report/check-result.js'
import type { AssertionResult, FailureResult, TestResult } from '../../src/report/test/test-result.js'

const OPEN: DirectionResult = { verdict: 'allow', reason: 'not-isolated', policies: [], rules: [], nearMisses: [] }

/** A direction that a rule of the policy allows. */
export const allowedBy = (policy: string, file = 'k8s/db.yaml', line = 14): DirectionResult => ({
  ...OPEN,
  reason: 'rule-matched',
  rules: [{ policy, path: 'spec.ingress[0]', peers: null, ports: null, file, line, column: 7 }],
})

/** A direction that the policy denies. */
const deniedBy = (namespace: string, name: string): DirectionResult => ({
  ...OPEN,
  verdict: 'deny',
  reason: 'no-rule-matched',
  policies: [{ kind: 'NetworkPolicy', namespace, name, file: 'k8s/db.yaml', line: 3, column: 1 }],
})

/** A pair that is open and must not be. */
export const failure = (more: Partial<FailureResult> = {}): FailureResult => ({
  from: 'monitoring/StatefulSet/prometheus',
  to: 'shop/StatefulSet/db',
  problem: 'open',
  ports: [{ protocol: 'TCP', port: 9187, endPort: 9187 }],
  certainty: 'certain',
  egress: OPEN,
  ingress: allowedBy('shop/db'),
  message: 'is open and must be closed',
  ...more,
})

/** A test that passes. */
export const assertion = (more: Partial<AssertionResult> = {}): AssertionResult => ({
  name: 'allow shop/web -> shop/api:8080',
  kind: 'expect',
  status: 'passed',
  pairs: 1,
  file: 'netpol-tests.yaml',
  line: 6,
  column: 5,
  why: null,
  knownGap: null,
  failures: [],
  ...more,
})

/** The result of some tests. */
export function testResult(tests: readonly AssertionResult[], more: Partial<TestResult> = {}): TestResult {
  const countOf = (status: AssertionResult['status']) => tests.filter((test) => test.status === status).length
  return {
    schemaVersion: 1,
    command: 'test',
    incomplete: false,
    hostNetworkLeftOut: 0,
    summary: {
      tests: tests.length,
      passed: countOf('passed'),
      failed: countOf('failed'),
      knownGaps: countOf('known-gap'),
      errors: countOf('error'),
      pairs: tests.reduce((sum, { pairs }) => sum + pairs, 0),
    },
    tests,
    coverage: null,
    diagnostics: [],
    ...more,
  }
}

/** Every kind of test, with some text wherever a user's text can stand. */
export function everyKind(text: string): TestResult {
  const other = failure({ from: text, message: text, ingress: allowedBy(text, text), test: `allow ${text} -> b:1` })
  return testResult([
    assertion({ name: text }),
    assertion({ name: `a ${text}`, status: 'failed', why: text, failures: [other, failure()] }),
    assertion({ name: `closed ${text}`, kind: 'closed', status: 'failed', file: text, failures: [other] }),
    assertion({ name: `gap ${text}`, status: 'known-gap', knownGap: text, failures: [other] }),
    assertion({ name: `fixed ${text}`, status: 'failed', failures: [failure({ problem: 'fixed', message: text })] }),
    assertion({
      name: `unsure ${text}`,
      status: 'failed',
      failures: [failure({ problem: 'uncertain', certainty: 'indeterminate', ingress: deniedBy('shop', text) })],
    }),
    assertion({
      name: `error ${text}`,
      status: 'error',
      diagnostics: [{ ...DIAGNOSTIC, message: text, help: text, file: text }],
    }),
    assertion({ name: 'coverage', kind: 'coverage', status: 'failed', file: '<arguments>', line: null, column: null }),
  ])
}

/** What is said of an assertion file. */
export const DIAGNOSTIC = {
  code: 'NP031',
  severity: 'error',
  message: 'the peer matches nothing',
  help: null,
  object: null,
  path: null,
  file: 'netpol-tests.yaml',
  line: 9,
  column: 11,
} as const
