import { escapeTerminal } from '../../escape.js'
import type { Format } from '../../formats.js'
import { detailsOf, headlineOf, isBad, pairText, testsOf } from '../findings.js'
import type { AssertionResult, TestResult } from '../test-result.js'

/** TAP version 14, flat; a known gap is a TODO, which readers do not count as a failure. */
export const tap: Format<TestResult> = (result) => {
  const tests = testsOf(result)
  return [
    'TAP version 14\n',
    `1..${tests.length}\n`,
    ...tests.flatMap((test, index) => pointOf(test, index + 1).map((line) => `${line}\n`)),
  ]
}

function pointOf(test: AssertionResult, number: number): readonly string[] {
  const { name, status, knownGap, line, column, file, failures } = test
  const isOk = status === 'passed'
  const todo = status === 'known-gap' ? ` # TODO ${escapeTap(knownGap ?? '')}`.trimEnd() : ''
  const head = `${isOk ? 'ok' : 'not ok'} ${number} - ${escapeTap(name)}${todo}`
  if (isOk) return [head]
  const pairs = failures.map(pairText)
  return [
    head,
    '  ---',
    `  message: ${scalar(isBad(test) ? headlineOf(test) : (knownGap ?? ''))}`,
    `  severity: ${status === 'error' ? 'error' : status === 'known-gap' ? 'todo' : 'fail'}`,
    '  at:',
    `    file: ${scalar(file)}`,
    ...(line === null ? [] : [`    line: ${line}`, `    column: ${column ?? 1}`]),
    ...listOf('pairs', pairs),
    ...listOf('details', detailsOf(test)),
    '  ...',
  ]
}

function listOf(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`  ${key}:`, ...items.map((item) => `    - ${scalar(item)}`)]
}

/** A text in a YAML block, quoted as JSON has it, which YAML reads alike. */
function scalar(text: string): string {
  return JSON.stringify(escapeTerminal(text))
}

/** A description ends at ` #`, and a backslash makes the next character an ordinary one. */
function escapeTap(text: string): string {
  return escapeTerminal(text).replace(/[\\#]/g, '\\$&')
}
