import { evaluateFile, type AssertionOptions, type EvaluatedFile } from '../../analyze/assertions/evaluate.js'
import type { Outcome, Remark } from '../../analyze/assertions/outcome.js'
import type { AssertionFile } from '../../model/assertion.js'
import type { Cluster } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { isTooCostlyError, type TooCostly } from '../../model/too-costly.js'
import { readOptions, type CheckOptions } from '../check.js'
import { placeFinder } from '../check-json.js'
import { coverageOf } from './coverage.js'
import { missedCoverage, type WantedCoverage } from './missed-coverage.js'
import { presentFailure } from './present-failure.js'
import type { AssertionResult, TestResult } from './test-result.js'

/** One assertion file, the cluster that it asks about, and how. */
export interface TestRun {
  readonly file: AssertionFile
  /** Null where its inputs could not even be named. */
  readonly cluster: Cluster | null
  readonly options: Omit<CheckOptions, 'limit' | 'verbose'>
}

/**
 * Evaluates assertion files. Returns the very object that `netpol-sim test -o json` prints. Nothing passes by matching
 * nothing: what cannot be evaluated is among the tests as an error.
 */
export function testReport(
  runs: readonly TestRun[],
  mistakes: readonly Diagnostic[] = [],
  wanted: WantedCoverage | null = null,
): TestResult {
  const evaluated = runs.map(evaluateRun)
  const found = [...mistakes.map(ofNoFile), ...evaluated.flatMap((run) => run.tests)]
  const isGood = found.every(({ status }) => status === 'passed' || status === 'known-gap')
  const measured = wanted !== null && isGood ? attempt(() => coverageOf(byCluster(runs, evaluated))) : null
  const coverage = isTooCostlyError(measured) ? null : measured
  const missed = measured === null ? null : missedCoverage(measured, wanted?.least ?? null)
  const tests = missed === null ? found : [...found, missed]
  const clusters = [...new Set(runs.flatMap(({ cluster }) => cluster ?? []))]
  return {
    schemaVersion: 1,
    command: 'test',
    incomplete: clusters.some(({ incomplete }) => incomplete),
    hostNetworkLeftOut: evaluated.reduce((sum, { leftOut }) => sum + leftOut, 0),
    summary: summaryOf(tests),
    tests,
    coverage,
    diagnostics: [
      ...clusters.flatMap((cluster) => cluster.diagnostics),
      ...evaluated.flatMap((run) => run.diagnostics),
      ...mistakes,
      ...(missed?.diagnostics ?? []),
    ],
  }
}

function byCluster(
  runs: readonly TestRun[],
  evaluated: readonly EvaluatedRun[],
): ReadonlyMap<Cluster, readonly EvaluatedFile[]> {
  const files = new Map<Cluster, EvaluatedFile[]>()
  for (const [index, { cluster }] of runs.entries()) {
    const file = evaluated[index]?.file ?? null
    if (cluster === null || file === null) continue
    files.set(cluster, [...(files.get(cluster) ?? []), file])
  }
  return files
}

/** Counts tests by their status. */
function summaryOf(tests: readonly AssertionResult[]): TestResult['summary'] {
  const count = (wanted: AssertionResult['status']) => tests.filter(({ status }) => status === wanted).length
  return {
    tests: tests.length,
    passed: count('passed'),
    failed: count('failed'),
    knownGaps: count('known-gap'),
    errors: count('error'),
    pairs: tests.reduce((sum, { pairs }) => sum + pairs, 0),
  }
}

interface EvaluatedRun {
  readonly tests: readonly AssertionResult[]
  readonly leftOut: number
  readonly diagnostics: readonly Diagnostic[]
  /** Null where nothing could be evaluated. */
  readonly file: EvaluatedFile | null
}

function evaluateRun({ file, cluster, options }: TestRun): EvaluatedRun {
  const ofFile = file.problems.map((problem) => errorOfFile(file.file, problem))
  if (cluster === null || file.assertions.length === 0)
    return { tests: ofFile, leftOut: 0, file: null, diagnostics: file.problems }
  const engine = readOptions(options)
  const refusal = refusalOf(cluster, options) ?? (engine.ok ? null : engine.error)
  if (refusal !== null || !engine.ok) {
    const { code, message, help } = refusal ?? {
      code: 'NP030' as const,
      message: 'the options are not valid',
      help: null,
    }
    const problem = diagnosticAt(file.file, { code, message, help, place: { line: 1, column: 1 } }, 'error')
    return {
      tests: [...ofFile, errorOfFile(file.file, problem)],
      leftOut: 0,
      file: null,
      diagnostics: [...file.problems, problem],
    }
  }
  const asked: AssertionOptions = {
    ...engine.value,
    namespace: options.namespace ?? 'default',
    isStrict: options.strict === true,
  }
  const evaluated = attempt(() => evaluateFile(cluster, file, asked))
  if (isTooCostlyError(evaluated)) {
    const { message, help } = evaluated
    const problem = diagnosticAt(file.file, { code: 'NP030', message, help, place: { line: 1, column: 1 } }, 'error')
    return {
      tests: [...ofFile, errorOfFile(file.file, problem)],
      leftOut: 0,
      file: null,
      diagnostics: [...file.problems, problem],
    }
  }
  const { world, outcomes } = evaluated
  const places = placeFinder()
  const tests = outcomes.map((outcome): AssertionResult => {
    const failures = outcome.failures.flatMap((found) => presentFailure(world, places, outcome.assertion, found))
    return { ...headOf(outcome, file.file), failures, ...saidOf(outcome, file.file) }
  })
  const said = outcomes.flatMap(({ remarks, error }) => [
    ...remarks.map((remark) => diagnosticAt(file.file, remark, remark.severity)),
    ...(error === null ? [] : [diagnosticAt(file.file, error, 'error')]),
  ])
  return {
    tests: [...ofFile, ...tests],
    leftOut: world.leftOut.size,
    file: evaluated,
    diagnostics: [...file.problems, ...said],
  }
}

/** A question that is too costly is the user's mistake, told as one of the file. */
function attempt<Value>(evaluate: () => Value): Value | TooCostly {
  try {
    return evaluate()
  } catch (error) {
    if (isTooCostlyError(error)) return error
    throw error
  }
}

/** What keeps all tests of a file from being evaluated. */
function refusalOf(
  cluster: Cluster,
  { strict }: TestRun['options'],
): { code: Diagnostic['code']; message: string; help: string | null } | null {
  if (!cluster.answerable) {
    const first = cluster.diagnostics.find(({ severity }) => severity === 'error')
    const message = `its inputs cannot be evaluated${first === undefined ? '' : `: ${first.message}`}`
    return { code: first?.code ?? 'NP027', message, help: first?.help ?? null }
  }
  if (cluster.workloads.length === 0)
    return {
      code: 'NP037',
      message: 'its inputs have no workloads, so no test can match',
      help: 'add the workloads, or live pods',
    }
  if (strict === true && cluster.incomplete)
    return {
      code: 'NP032',
      message: 'its inputs were not read completely, and --strict rejects incomplete answers',
      help: null,
    }
  return null
}

function headOf({ assertion, status, pairs, knownGap }: Outcome, file: string): Omit<AssertionResult, 'failures'> {
  const { name, kind, place, why } = assertion
  const { line, column } = place
  const asked = kind === 'refused' ? assertion.as : kind
  return { name, kind: asked, status, pairs, file, line, column, why, knownGap }
}

function saidOf({ error, remarks }: Outcome, file: string): Pick<AssertionResult, 'diagnostics'> {
  const wrong = [...(error === null ? [] : [error]), ...remarks.filter(({ severity }) => severity === 'error')]
  return wrong.length === 0 ? {} : { diagnostics: wrong.map((one) => diagnosticAt(file, one, 'error')) }
}

function diagnosticAt(
  file: string,
  { code, message, help, place: { line, column } }: Omit<Remark, 'severity'>,
  severity: Diagnostic['severity'],
): Diagnostic {
  return { code, severity, message, help, object: null, path: null, file, line, column }
}

function errorOfFile(file: string, problem: Diagnostic): AssertionResult {
  const { line, column } = problem
  const head = { name: file, kind: 'file', status: 'error', pairs: 0, file, line, column } as const
  return { ...head, why: null, knownGap: null, failures: [], diagnostics: [problem] }
}

/** A mistake that belongs to no file, such as that there is none. */
function ofNoFile(problem: Diagnostic): AssertionResult {
  const error = errorOfFile(problem.file ?? '<arguments>', problem)
  return problem.file === null ? { ...error, name: 'assertion files' } : error
}
