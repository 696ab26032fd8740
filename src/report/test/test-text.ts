import { grouped } from '../../model/grouped.js'
import { explainDirections, placeText } from '../explain-flow.js'
import { escapeAll } from '../escape.js'
import type { Detail, Format } from '../formats.js'
import { INCOMPLETE } from '../incomplete.js'
import { few } from '../short-ids.js'
import type { Role, Style } from '../style.js'
import { wrap } from '../wrap.js'
import { portsText } from '../wording/near-miss.js'
import { namesIn } from './names.js'
import { listItem } from './one-line-test.js'
import { coverageText } from './coverage-text.js'
import { testSummary } from './test-summary.js'
import type { AssertionResult, FailureResult, TestResult } from './test-result.js'

/** More groups of reasons than anybody reads at once. */
const MOST_GROUPS = 5
const MOST_PAIRS = 6
const MOST_TESTS = 30

const WORDS: Readonly<Record<AssertionResult['status'], readonly [string, Role]>> = {
  passed: ['pass', 'good'],
  failed: ['FAIL', 'bad'],
  'known-gap': ['gap', 'mixed'],
  error: ['ERROR', 'bad'],
}

/** The result of `test` for people. */
export const text: Format<TestResult> = async (result, { style, detail }) => [
  testText(escapeAll(result), await style(), detail),
]

function testText(result: TestResult, style: Style, detail: Detail): string {
  const shown = result.tests.filter(
    ({ status }) => status === 'failed' || status === 'error' || (status === 'known-gap' && detail === 'verbose'),
  )
  const blocks = [
    ...(detail === 'quiet' ? [] : [filesText(result, style, detail)]),
    ...shown.map((test) => (detail === 'quiet' ? headline(test, style) : testBlock(test, style, detail))),
    ...(result.coverage === null || detail === 'quiet' ? [] : [coverageText(result.coverage, style, detail)]),
    testSummary(result, style),
    ...(result.incomplete ? [style.paint('mixed', wrap(INCOMPLETE, style.width, '  '))] : []),
  ]
  return `${blocks.filter((block) => block !== '').join(detail === 'quiet' ? '\n' : '\n\n')}\n`
}

/** A line for each file, and below it what did not simply pass. */
function filesText({ tests }: TestResult, style: Style, detail: Detail): string {
  return [...grouped(tests, ({ file }) => file)]
    .flatMap(([file, own]) => {
      const bad = own.filter(({ status }) => status === 'failed' || status === 'error').length
      const [word, role] = WORDS[bad === 0 ? 'passed' : 'failed']
      const count = `${own.length} ${own.length === 1 ? 'test' : 'tests'}${bad === 0 ? '' : `, ${bad} failed`}`
      const listed = own.filter(({ status }) => detail === 'verbose' || status !== 'passed')
      return [
        `${style.paint(role, word.padEnd(5))} ${style.paint('strong', file)}  ${count}`,
        ...listed.map((test) => {
          const [status, paint] = WORDS[test.status]
          const gap = test.knownGap === null ? '' : `  (known gap: ${test.knownGap})`
          return wrap(`  ${style.paint(paint, status.padEnd(5))} ${test.name}${gap}`, style.width, '        ')
        }),
      ]
    })
    .join('\n')
}

function headline(test: AssertionResult, style: Style): string {
  const [word, role] = WORDS[test.status]
  return wrap(
    `${style.paint(role, word)}  ${style.paint('place', placeText(test))}  ${style.paint('strong', test.name)}`,
    style.width,
    '      ',
  )
}

/** What is wrong with one test: name, place, why, and the pairs that disagree, folded where their reasons are the same. */
function testBlock(test: AssertionResult, style: Style, detail: Detail): string {
  const { why, knownGap, diagnostics = [], failures, pairs } = test
  const groups = [...grouped(failures, gistOf).values()]
  const shown = detail === 'verbose' ? groups : groups.slice(0, MOST_GROUPS)
  const left = groups.length - shown.length
  const pasted = test.status === 'failed' ? pasteable(failures, detail) : []
  const fit = (line: string) => wrap(line, style.width, '        ')
  return [
    headline(test, style),
    ...(why === null ? [] : [fit(`  why: ${why}`)]),
    ...(knownGap === null ? [] : [fit(`  known gap: ${knownGap}`)]),
    ...diagnostics.flatMap(({ code, message, help }) => [
      fit(`  ${code}: ${message}`),
      ...(help === null ? [] : [fit(`  help: ${help}`)]),
    ]),
    ...(failures.length === 0 ? [] : [`  ${disagreeing(test.kind, failures, pairs)}`]),
    ...shown.map((group) => groupText(group, failures, style, detail)),
    ...(left > 0 ? [`  and pairs for ${left} more ${left === 1 ? 'reason' : 'reasons'}, shown with -v`] : []),
    ...(pasted.length === 0
      ? []
      : [
          `  to allow what is open, add to \`${test.kind === 'closed' ? 'tests' : test.kind}\`:`,
          ...pasted.map((line) => `    ${line}`),
        ]),
  ].join('\n')
}

function disagreeing(kind: AssertionResult['kind'], failures: readonly FailureResult[], pairs: number): string {
  const ends = new Set(failures.map(({ from, to }) => `${from} ${to}`)).size
  return `${ends} of ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} ${kind === 'closed' ? (ends === 1 ? 'is' : 'are') + ' not closed' : ends === 1 ? 'disagrees' : 'disagree'}`
}

/** What two failures must share to be told as one. */
function gistOf({ problem, ports, certainty, egress, ingress }: FailureResult): string {
  const side = ({ reason, policies, rules, nearMisses }: FailureResult['egress']) => [
    reason,
    policies,
    rules,
    nearMisses.map(({ policy, path, failed }) => [policy, path, failed]),
  ]
  return JSON.stringify([problem, ports, certainty, side(egress), side(ingress)])
}

function groupText(
  group: readonly FailureResult[],
  all: readonly FailureResult[],
  style: Style,
  detail: Detail,
): string {
  const [first, ...others] = group
  if (first === undefined) return ''
  const names = namesIn(all)
  const pairText = (failure: FailureResult) => `${names(failure, 'from')} -> ${names(failure, 'to')}`
  const ports = few(
    first.ports.map(({ protocol, port, endPort }) => portsText({ first: port, last: endPort }, protocol)),
    8,
  )
  const more = others.map(pairText)
  const folded = detail === 'verbose' ? more.join(', ') : few(more, MOST_PAIRS)
  return [
    '',
    wrap(
      `  ${style.paint('bad', first.problem)}  ${style.paint('strong', pairText(first))}  ${ports}`,
      style.width,
      '          ',
    ),
    ...explainDirections(first, { egress: names(first, 'from'), ingress: names(first, 'to') }, style).map(
      (line) => `  ${line}`,
    ),
    wrap(`    ${first.message}`, style.width, '      '),
    ...(others.length === 0 ? [] : [wrap(`    the same of ${others.length} more: ${folded}`, style.width, '      ')]),
  ].join('\n')
}

/** The one-line tests, or the entries of the list, that would permit what is in no list. */
function pasteable(failures: readonly FailureResult[], detail: Detail): readonly string[] {
  const texts = failures.flatMap(({ test, entry }) => entry ?? (test === undefined ? [] : listItem(test)))
  const lines = [...new Set(texts)].map((line) => `- ${line}`)
  if (detail === 'verbose' || lines.length <= MOST_TESTS) return lines
  return [...lines.slice(0, MOST_TESTS), `# and ${lines.length - MOST_TESTS} more, shown with -v`]
}
