import { policyName } from '../../model/reference.js'
import type { DirectionResult, PlaceResult } from '../check-result.js'
import { whereText } from '../explain-flow.js'
import { portsList } from '../matrix/ports-list.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { AssertionResult, FailureResult, TestResult } from './test-result.js'

/** What kind of finding a test is, for reports that sort by rules. */
export type FindingRule = 'assertion' | 'closed' | 'uncertain' | 'gap-fixed' | 'error' | 'coverage'

/** What each rule finds, in a sentence. */
export const FINDING_RULES: Readonly<Record<FindingRule, string>> = {
  assertion: 'A pair of endpoints disagrees with a test',
  closed: 'Something is open that no test allows',
  uncertain: 'The input does not say enough to decide a pair',
  'gap-fixed': 'A known gap is closed, and the test still lists it',
  error: 'A test could not be evaluated',
  coverage: 'Too few mutants of the policies are noticed by some test',
}

/** The rule that a test which did not pass belongs to. */
export function ruleOf({ kind, status, failures }: AssertionResult): FindingRule {
  if (status === 'error' || kind === 'file') return 'error'
  if (kind === 'coverage') return 'coverage'
  const isAll = (...problems: readonly FailureResult['problem'][]) =>
    failures.length > 0 && failures.every(({ problem }) => problems.includes(problem))
  if (isAll('uncertain')) return 'uncertain'
  if (isAll('fixed', 'partly-fixed')) return 'gap-fixed'
  return kind === 'closed' ? 'closed' : 'assertion'
}

/**
 * The tests of a result. Where the run itself failed, as without any assertion file, what was said of it stands among them: no
 * report may look as if all were well.
 */
export function testsOf({ tests, diagnostics }: TestResult): readonly AssertionResult[] {
  if (tests.length > 0) return tests
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return [...tests, ...errors.map(asTest)]
}

function asTest(diagnostic: Diagnostic): AssertionResult {
  const { code, file, line, column } = diagnostic
  return {
    ...{ name: code, kind: 'file', status: 'error', pairs: 0, file: file ?? '<arguments>', line, column },
    ...{ why: null, knownGap: null, failures: [], diagnostics: [diagnostic] },
  }
}

/** Whether a test keeps the run from passing. */
export function isBad({ status }: AssertionResult): boolean {
  return status === 'failed' || status === 'error'
}

/** What is wrong with a test, in one line. */
export function headlineOf(test: AssertionResult): string {
  const { failures, diagnostics = [] } = test
  const said = [...diagnostics.map(({ message }) => message), ...failures.map(({ message }) => message)]
  const [first = 'it did not pass'] = said
  return said.length > 1 ? `${first}, and ${said.length - 1} more` : first
}

/** A pair that disagrees, with its ports: `shop/web -> external (10.0.0.0/8)  5432/TCP`. */
export function pairText({ from, to, cidrs = [], ports }: FailureResult): string {
  const nameOf = (id: string) => (id === 'external' && cidrs.length > 0 ? `${id} (${cidrs.join(' ')})` : id)
  return `${nameOf(from)} -> ${nameOf(to)}${ports.length === 0 ? '' : `  ${portsList(ports)}`}`
}

/** A rule or a policy that decided a pair, and where it stands. */
export interface Decider extends PlaceResult {
  /** `NetworkPolicy shop/db spec.ingress[0]`. */
  readonly name: string
  readonly verb: 'allows' | 'denies'
}

/** What decided that a pair is open or closed: the rules that match, else the policies that isolate and do not allow. */
export function decidersOf({ egress, ingress }: FailureResult): readonly Decider[] {
  const denying = [egress, ingress].filter(({ verdict }) => verdict === 'deny')
  if (denying.length === 0) return [egress, ingress].flatMap((direction) => rulesOf(direction, 'allows'))
  // A rule that denies is more than the policy that it stands in
  return denying.flatMap((direction) =>
    direction.rules.length > 0 ? rulesOf(direction, 'denies') : policiesOf(direction),
  )
}

function policiesOf({ policies }: DirectionResult): readonly Decider[] {
  return policies.map(({ kind, namespace, name, ...place }) => ({
    name: `${kind} ${policyName({ namespace, name })}`,
    verb: 'denies',
    ...place,
  }))
}

function rulesOf({ rules }: DirectionResult, verb: Decider['verb']): readonly Decider[] {
  return rules.map(({ kind = 'NetworkPolicy', policy, path, file, line, column, source }) => ({
    name: `${kind} ${policy} ${path}`,
    verb,
    ...{ file, line, column },
    ...(source === undefined ? {} : { source }),
  }))
}

/** Everything that there is to say about a test, a line each. */
export function detailsOf(test: AssertionResult): readonly string[] {
  const { why, knownGap, failures, diagnostics = [] } = test
  return [
    ...(why === null ? [] : [`why: ${why}`]),
    ...(knownGap === null ? [] : [`known gap: ${knownGap}`]),
    ...diagnostics.flatMap(({ code, message, help, ...place }) => [
      `${[whereText(place), `error[${code}]`].filter((part) => part !== '').join(': ')}: ${message}`,
      ...(help === null ? [] : [`  help: ${help}`]),
    ]),
    ...failures.flatMap((failure) => [
      `${failure.problem}: ${pairText(failure)}`,
      `  ${failure.message}`,
      ...decidersOf(failure).map(({ name, verb, ...place }) => `  ${verb}: ${name} ${whereText(place)}`.trimEnd()),
      ...(failure.test === undefined ? [] : [`  to permit it: - ${failure.entry ?? failure.test}`]),
    ]),
  ]
}
