import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { EXPLAIN_FORMATS, explain } from '../../src/explain/explain.js'
import { check, loadCluster, parseCluster, type Cluster } from '../../src/index.js'
import { CHECK_FORMATS } from '../../src/report/check-formats.js'
import type { DiffResult } from '../../src/report/diff/diff-result.js'
import { DIFF_FORMATS } from '../../src/report/diff/formats.js'
import { ruledTable } from '../../src/report/table.js'
import type { Formats, Page } from '../../src/report/formats.js'
import { MATRIX_FORMATS } from '../../src/report/matrix/formats.js'
import { matrixReport } from '../../src/report/matrix/matrix.js'
import { POLICIES_FORMATS } from '../../src/report/policies/formats.js'
import { policies } from '../../src/report/policies/policies.js'
import type { PoliciesResult } from '../../src/report/policies/policies-result.js'
import { TEST_FORMATS } from '../../src/report/test/formats.js'
import { PLAIN } from '../../src/report/style.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { evaluate, testsOf } from '../support/assertions.js'
import { diffOf } from '../support/diff.js'
import { SHOP } from '../support/assertion-cluster.js'
import { expectHarmless } from '../support/harmless.js'
import { HOSTILE_TEXTS } from '../support/hostile.js'

/** A result under a name that a failure shows, and whether it answers anything. */
interface Case<Result> {
  readonly name: string
  readonly result: Result
  readonly isAnswer: boolean
}

const PAGES: readonly (readonly [string, Page])[] = [
  ['a pipe', { isTerminal: false, detail: 'normal', style: () => Promise.resolve(PLAIN), inRepository: () => null }],
  ['a pipe, -q', { isTerminal: false, detail: 'quiet', style: () => Promise.resolve(PLAIN), inRepository: () => null }],
  [
    'a narrow terminal, -v',
    {
      isTerminal: true,
      detail: 'verbose',
      style: (needsTable) =>
        Promise.resolve({ paint: PLAIN.paint, width: 40, table: needsTable === true ? ruledTable : PLAIN.table }),
      inRepository: (file) => `deep/${file}`,
    },
  ],
]

const parse = (text: string) => parseCluster([{ file: 'm.yaml', text }], { keepGoing: true })

/** A text wherever a name or a label can have one that still loads. */
const hostile = (text: string): Cluster =>
  parse(
    [
      namespace('a'),
      pod('a', 'x', {}, null),
      `{apiVersion: v1, kind: Pod, metadata: {name: y, namespace: a, labels: {app: ${JSON.stringify(text)}}, uid: u, resourceVersion: "1", ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ${JSON.stringify(text)}, uid: u, controller: true}]}, spec: {containers: [{name: a, image: a}]}}\n`,
      policy('a', 'p', 'ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]'),
    ].join('---\n'),
  )

const UNKNOWN_ADDRESS = parse(
  [
    namespace('a'),
    pod('a', 'x', {}, null),
    pod('a', 'z', {}, null),
    policy('a', 'p', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]'),
  ].join('---\n'),
)

const CLUSTERS: readonly (readonly [string, Cluster])[] = [
  ['the demo', loadCluster(['fixtures/clusters/demo'])],
  ['production', loadCluster(['fixtures/clusters/production'])],
  ['two families', loadCluster(['fixtures/clusters/dual-stack.yaml'])],
  ['unknown addresses', UNKNOWN_ADDRESS],
  ['nothing', parse('')],
  ['no YAML', parse('kind: NetworkPolicy\na: [')],
  ...HOSTILE_TEXTS.filter((_, index) => index % 3 === 0).map(
    (text) => [`the text ${JSON.stringify(text)}`, hostile(text)] as const,
  ),
]

const checks: readonly Case<ReturnType<typeof check>>[] = CLUSTERS.flatMap(([name, cluster]) =>
  [
    ['any', 'any:80'],
    ['any', 'any'],
    ['internet', 'any:443'],
    ['nobody/there', 'any:80'],
  ].map(([from = '', to = '']) => {
    const result = check(cluster, { from, to }, { limit: 20 })
    return { name: `${from} to ${to} in ${name}`, result, isAnswer: result.verdict !== null }
  }),
)

const matrices = CLUSTERS.flatMap(([name, cluster]) =>
  [{}, { to: 'internet' }, { from: 'nobody/there' }].map((options) => {
    const report = matrixReport(cluster, options)
    const result = { report, onRow: () => undefined }
    return { name: `${JSON.stringify(options)} in ${name}`, result, isAnswer: report.connections !== null }
  }),
)

const tests = [
  ['one that passes', testsOf('allow shop/api -> shop/db:5432')],
  ['one that fails', testsOf('deny any -> shop/db', 'allow internet -> shop/db:5432')],
  ['an error', testsOf('deny shop/gone -> shop/db')],
  ['a known gap', testsOf('name: gap\nfrom: shop/api\nto: shop/db\nexpect: deny\nknownGap: SEC-1')],
  ['closed', 'version: 1\nclosed: {namespaces: [shop]}'],
  ['no tests', 'version: 1'],
  ...HOSTILE_TEXTS.flatMap((text) => {
    const word = JSON.stringify(text)
    return [
      [`why ${word}`, testsOf(`name: ${word}\nwhy: ${word}\nfrom: shop/api\nto: shop/db\nexpect: deny`)],
      [`peer ${word}`, testsOf(`name: it\nfrom: ${word}\nto: shop/db\nexpect: deny\nknownGap: ${word}`)],
      [`key ${word}`, `${testsOf('deny shop/api -> shop/db')}\n${word}: 1\ngroups: {${word}: ${word}}`],
    ] as const
  }),
].map(([name = '', text = '']) => ({ name, result: evaluate(SHOP, text), isAnswer: true }))

const pages = [undefined, 'NP012', 'nothing', ...HOSTILE_TEXTS].map((word) => {
  const result = explain(word)
  return { name: JSON.stringify(word ?? null), result, isAnswer: result.diagnostics.length === 0 }
})

const diffs: readonly Case<DiffResult>[] = CLUSTERS.flatMap(([name, head], index) => {
  const [, base] = CLUSTERS[(index + 1) % CLUSTERS.length] ?? []
  return [head, base ?? head].map((other, turn) => {
    const result = diffOf(other, head, turn === 0 ? {} : { includeNew: true, limit: 20, failOn: ['any'] })
    return { name: `${name} and ${turn === 0 ? 'itself' : 'another'}`, result, isAnswer: result.changes !== null }
  })
})

const governing: readonly Case<PoliciesResult>[] = CLUSTERS.flatMap(([name, cluster]) =>
  [{ peer: 'any' }, { peer: 'nobody/there' }, { of: 'a/p' }, { of: 'none' }, {}].map((question) => {
    const result = policies(cluster, question)
    const isAnswer = result.workloads !== null || result.policies !== null
    return { name: `${JSON.stringify(question)} in ${name}`, result, isAnswer }
  }),
)

contract('check', CHECK_FORMATS, checks)
contract('diff', Object.fromEntries(Object.entries(DIFF_FORMATS).filter(([name]) => name !== 'github')), diffs)
contract('policies', POLICIES_FORMATS, governing)
contract('matrix', MATRIX_FORMATS, matrices)
// Annotations are commands to GitHub, and none where all is well: test/report/test/formats.test.ts looks at them
contract('test', Object.fromEntries(Object.entries(TEST_FORMATS).filter(([name]) => name !== 'github')), tests)
contract('explain', EXPLAIN_FORMATS, pages)

test('every command with a flag for formats is held to the contract', () => {
  const withFormats = COMMANDS.filter(({ formats }) => formats.length > 1).map(({ name, formats }) => [name, formats])
  expect(Object.fromEntries(withFormats)).toEqual({
    check: Object.keys(CHECK_FORMATS),
    matrix: Object.keys(MATRIX_FORMATS),
    policies: Object.keys(POLICIES_FORMATS),
    test: Object.keys(TEST_FORMATS),
    diff: Object.keys(DIFF_FORMATS),
    explain: Object.keys(EXPLAIN_FORMATS),
  })
})

test('every command that has JSON says what it holds where nothing was asked', () => {
  const wrong = COMMANDS.filter(({ formats, unanswered }) => formats.includes('json') !== (unanswered !== null))
  expect(wrong.map(({ name }) => name)).toEqual([])
})

/** What every format of every command keeps to, whatever the result. */
function contract<Result>(command: string, formats: Formats<Result>, cases: readonly Case<Result>[]): void {
  describe.each(Object.entries(formats))(`${command} -o %s`, (name, format) => {
    test.each(PAGES)(
      'to %s is whole lines without harm, the same each time, and nothing where there is no answer',
      async (_, page) => {
        for (const { name: about, result, isAnswer } of cases) {
          const written = await textOf(format(freeze(result), page))
          expect(await textOf(format(result, page)), about).toBe(written)
          if (!isAnswer && name !== 'json') expect(written, about).toBe('')
          else expect(written, about).toMatch(/[^\n]\r?\n$/)
          expectHarmless(written)
        }
      },
    )

    if (name === 'json')
      test('is one JSON value with a version and the name of the command', async () => {
        for (const { name: about, result } of cases) {
          const [[, page] = unreachable()] = PAGES
          const value: unknown = JSON.parse(await textOf(format(result, page)))
          expect(value, about).toMatchObject({ schemaVersion: 1, command })
        }
      })
  })
}

function unreachable(): never {
  throw new Error('there are pages')
}

async function textOf(pieces: Iterable<string> | Promise<Iterable<string>>): Promise<string> {
  return [...(await pieces)].join('')
}

/** Nothing that a format is given may be changed by it; what computes while it is read keeps what it has found. */
function freeze<Value>(value: Value, seen = new Set<unknown>()): Value {
  if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return value
  if (Object.values(value).some((part) => typeof part === 'function')) return value
  seen.add(value)
  for (const part of Object.values(value)) freeze(part, seen)
  return Object.freeze(value)
}
