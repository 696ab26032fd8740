import { policyName } from '../../../model/reference.js'
import { counted } from '../../../model/counted.js'
import type { Format } from '../../formats.js'
import { codeSpan } from '../../matrix/matrix-markdown.js'
import { portsList } from '../../matrix/ports-list.js'
import { whereText } from '../../explain-flow.js'
import { decidersOf, isBad, testsOf } from '../findings.js'
import type { AssertionResult, FailureResult, TestResult } from '../test-result.js'

/** A comment of GitHub or GitLab takes little more; whoever posts it adds some lines of its own. */
const MOST_CHARACTERS = 60_000
/** Room for what says how much was left out, and for what closes the last section. */
const RESERVE = 400

/** Markdown for a comment or a step summary: the verdict, what is wrong, and all tests folded away. */
export const markdown: Format<TestResult> = (result) => {
  const tests = testsOf(result)
  const head = `**netpol-sim test: ${verdictOf(result)}**\n`
  const wrong = cut([head, ...tests.filter(isBad).flatMap(failureRows), ...coverageRows(result)], MOST_CHARACTERS)
  const left = MOST_CHARACTERS - wrong.reduce((sum, row) => sum + row.length, 0)
  const opening = '\n<details><summary>All tests</summary>\n\n| test | status | pairs |\n| --- | --- | --- |\n'
  const all = left < 2 * RESERVE ? [] : [...cut([opening, ...tests.map(rowOf)], left), '\n</details>\n']
  return [...wrong, ...all]
}

function verdictOf({ summary: { tests, passed, failed, knownGaps, errors, pairs }, incomplete }: TestResult): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${passed} of ${tests} passed`,
    ...(knownGaps > 0 ? [counted(knownGaps, 'known gap')] : []),
    counted(pairs, 'pair'),
    ...(incomplete ? ['the input was not read completely'] : []),
  ]
  return parts.join(', ')
}

function failureRows(test: AssertionResult): readonly string[] {
  const { name, why, failures, diagnostics = [] } = test
  const head = `\n${codeSpan(name)} (${codeSpan(whereText(test))})${why === null ? '' : `: ${codeSpan(why)}`}\n`
  const said = diagnostics.map(({ code, message }) => `\n- ${code} ${codeSpan(message)}\n`)
  if (failures.length === 0) return [head, ...said]
  const table = '\n| from | to | ports | what is wrong | decided by |\n| --- | --- | --- | --- | --- |\n'
  return [head, ...said, table, ...failures.map(failureRow)]
}

function failureRow(failure: FailureResult): string {
  const { from, to, cidrs = [], ports, problem, message } = failure
  const nameOf = (id: string) => codeSpan(id === 'external' ? `${id} ${cidrs.join(' ')}`.trimEnd() : id)
  const deciders = decidersOf(failure).map(({ name, ...place }) => codeSpan(`${name} ${whereText(place)}`.trimEnd()))
  const cells = [nameOf(from), nameOf(to), portsList(ports), `${problem}: ${codeSpan(message)}`, deciders.join(' ')]
  return `| ${cells.join(' | ')} |\n`
}

function coverageRows({ coverage }: TestResult): readonly string[] {
  if (coverage === null) return []
  const { percent, killed, survived, survivors } = coverage
  const head = `\nCoverage: ${percent === null ? 'nothing counts' : `${percent} %`} (${killed} of ${killed + survived} mutants noticed)\n`
  if (survivors.length === 0) return [head]
  const table = '\n| not noticed | at | a test that would notice |\n| --- | --- | --- |\n'
  const rows = survivors.map((survivor) => {
    const { mutation, policy, path, test } = survivor
    const what = codeSpan(`${mutation} ${policy.kind} ${policyName(policy)} ${path}`)
    return `| ${what} | ${codeSpan(whereText(survivor))} | ${test === null ? '' : codeSpan(test)} |\n`
  })
  return [head, table, ...rows]
}

function rowOf({ name, status, pairs, knownGap }: AssertionResult): string {
  const gap = knownGap === null ? '' : ` ${codeSpan(knownGap)}`
  return `| ${codeSpan(name)} | ${status}${gap} | ${pairs} |\n`
}

/** Whole rows, as many as fit, and how many there are besides. */
function cut(rows: readonly string[], most: number): readonly string[] {
  let length = 0
  const first = rows.findIndex((row) => (length += row.length) > most - RESERVE)
  if (first === -1) return rows
  return [...rows.slice(0, first), `\n${rows.length - first} more rows are left out.\n`]
}
