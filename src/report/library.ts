import type { Cluster } from '../model/cluster.js'
import { BOOLEAN, oneOf, PORT, TEXT, TEXTS, wrongArgument } from '../model/arguments.js'
import { withinLimits } from '../analyze/matrix.js'
import { check as answerCheck, mistake, type CheckOptions, type CheckQuestion } from './check.js'
import type { CheckResult } from './check-result.js'
import { lockLines } from './matrix/lock.js'
import { matrix as answerMatrix, matrixReport, type MatrixOptions } from './matrix/matrix.js'
import type { MatrixResult } from './matrix/matrix-result.js'

const READINGS = {
  namespace: TEXT,
  ipblockPods: oneOf('match', 'never'),
  hostNetwork: oneOf('ignore', 'enforce'),
  podCidrs: TEXTS,
  strict: BOOLEAN,
}
const CHECK_OPTIONS = { ...READINGS, verbose: BOOLEAN }
const MATRIX_OPTIONS = { ...READINGS, from: TEXT, to: TEXT, port: PORT, pods: BOOLEAN }
const QUESTION = { from: TEXT, to: TEXT, port: PORT }

/**
 * Answers whether `from` may connect to `to`, and why. Returns the very object that `netpol-sim check -o json` prints; it is
 * the caller's own. Mistakes of the user do not throw: the verdict is null then, and `diagnostics` say why.
 */
export function check(cluster: Cluster, question: CheckQuestion, options: CheckOptions = {}): CheckResult {
  const wrong =
    notLoaded(cluster) ??
    wrongArgument('the question', question, QUESTION, ['from', 'to']) ??
    wrongArgument('the options of check', options, CHECK_OPTIONS)
  if (wrong === null) return structuredClone(answerCheck(cluster, question, options))
  return {
    schemaVersion: 1,
    command: 'check',
    verdict: null,
    certainty: 'indeterminate',
    flows: [],
    ...refusal(cluster, wrong),
  }
}

/**
 * Answers who may reach whom, on which ports. Returns the very object that `netpol-sim matrix -o json` prints; it is the
 * caller's own. Mistakes of the user do not throw: `connections` is null then, and `diagnostics` say why.
 */
export function matrix(cluster: Cluster, options: MatrixOptions = {}): MatrixResult {
  const wrong = notLoaded(cluster) ?? wrongArgument('the options of matrix', options, MATRIX_OPTIONS)
  if (wrong !== null) {
    return { schemaVersion: 1, command: 'matrix', endpoints: [], connections: null, ...refusal(cluster, wrong) }
  }
  const { inventory, diagnostics, ...result } = answerMatrix(cluster, options)
  return { ...result, ...structuredClone({ inventory, diagnostics }) }
}

/** The lines of a lock file of the whole matrix below its first one, or the messages that say why there is none. */
export function lockOf(
  cluster: Cluster,
  options: CheckOptions = {},
): { readonly lines: readonly string[]; readonly incomplete: boolean } | Pick<CheckResult, 'diagnostics'> {
  const wrong = notLoaded(cluster) ?? wrongArgument('the options of a lock file', options, READINGS)
  if (wrong !== null) return refusal(cluster, wrong)
  const report = matrixReport(cluster, options)
  const lines = withinLimits(() => lockLines(report))
  if (!lines.ok) return { diagnostics: [...report.diagnostics, mistake(lines.error)] }
  const { diagnostics, incomplete } = report
  return lines.value === null ? { diagnostics } : { lines: lines.value, incomplete }
}

/** What the loader returns has all of this; anything else was never a cluster. */
function notLoaded(cluster: unknown): string | null {
  const isCluster =
    typeof cluster === 'object' &&
    cluster !== null &&
    'workloads' in cluster &&
    'inventory' in cluster &&
    'diagnostics' in cluster
  return isCluster ? null : 'the first argument must be what loadCluster or parseCluster returned'
}

function refusal(cluster: Cluster, message: string): Pick<CheckResult, 'incomplete' | 'inventory' | 'diagnostics'> {
  const said = [mistake({ code: 'NP030', message, help: null })]
  if (notLoaded(cluster) !== null) {
    const inventory = { files: 0, used: 0, irrelevant: 0, empty: 0, template: 0, error: 0 }
    return { incomplete: false, inventory, diagnostics: said }
  }
  const { incomplete, inventory, diagnostics } = cluster
  return { incomplete, ...structuredClone({ inventory, diagnostics: [...diagnostics, ...said] }) }
}
