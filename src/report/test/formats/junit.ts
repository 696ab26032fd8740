import { grouped } from '../../../model/grouped.js'
import { escapeTerminal } from '../../escape.js'
import type { Format } from '../../formats.js'
import { detailsOf, headlineOf, ruleOf, testsOf } from '../findings.js'
import type { AssertionResult, TestResult } from '../test-result.js'

/**
 * JUnit XML as Jenkins and most CIs read it: a suite for each assertion file, a case for each test. Every time is 0: some
 * readers demand one, and the same input gives the same bytes.
 */
export const junit: Format<TestResult> = (result, { inRepository }) => {
  const tests = testsOf(result)
  const pathOf = ({ file }: AssertionResult) => inRepository(file) ?? file
  const suites = [...grouped(tests, pathOf)].map(([path, own]) => [
    `  <testsuite${attributes({ name: path, ...countsOf(own), skipped: countOf(own, 'known-gap'), time: 0 })}>`,
    ...own.flatMap((test) => caseOf(test, inRepository(test.file))),
    '  </testsuite>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name: 'netpol-sim', ...countsOf(tests), time: 0 })}>\n`,
    ...suites.flat().map((line) => `${line}\n`),
    '</testsuites>\n',
  ]
}

function countsOf(tests: readonly AssertionResult[]): Readonly<Record<string, number>> {
  return { tests: tests.length, failures: countOf(tests, 'failed'), errors: countOf(tests, 'error') }
}

function countOf(tests: readonly AssertionResult[], wanted: AssertionResult['status']): number {
  return tests.filter(({ status }) => status === wanted).length
}

function caseOf(test: AssertionResult, path: string | null): readonly string[] {
  const { name, file, line, status, knownGap, failures } = test
  const place = path === null ? {} : { file: path, ...(line === null ? {} : { line }) }
  const head = `    <testcase${attributes({ classname: path ?? file, name, ...place, time: 0 })}`
  if (status === 'passed') return [`${head}/>`]
  const inner =
    status === 'known-gap'
      ? `<skipped${attributes({ message: `known gap ${knownGap ?? ''}`.trimEnd() })}/>`
      : elementOf(test, status === 'error' ? 'error' : 'failure', failures[0]?.problem ?? ruleOf(test))
  return [`${head}>`, `      ${inner}`, '    </testcase>']
}

function elementOf(test: AssertionResult, element: string, type: string): string {
  const text = detailsOf(test).map(escapeXml).join('\n')
  return `<${element}${attributes({ type, message: headlineOf(test) })}>${text}</${element}>`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text of an element or an attribute: what XML forbids is shown as terminals get it. */
function escapeXml(text: string): string {
  return escapeTerminal(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
