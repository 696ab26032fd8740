import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { escapeAll, escapeTerminal, jsonText } from '../../src/report/escape.js'
import { shorten } from '../../src/model/shorten.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

/** What an attacker would like to see printed, each with how it must look. */
const HOSTILE: readonly (readonly [string, string, string])[] = [
  ['a colour', '\u001b[31mred', '\\u{1b}[31mred'],
  ['a title', '\u001b]0;title\u0007', '\\u{1b}]0;title\\u{7}'],
  ['an escape sequence of one byte', '\u009b2J', '\\u{9b}2J'],
  ['a line of its own', 'a\nALLOWED', 'a\\u{a}ALLOWED'],
  ['a command for GitHub', '\n::error::pwned', '\\u{a}\\u{3a}:error::pwned'],
  ['the line from its beginning', 'denied\rallowed', 'denied\\u{d}allowed'],
  ['the character before', 'no\b\byes', 'no\\u{8}\\u{8}yes'],
  ['DEL and NEL', 'a\u007fb\u0085c', 'a\\u{7f}b\\u{85}c'],
  ['the other direction', 'a\u202eb\u2066c\u061cd', 'a\\u{202e}b\\u{2066}c\\u{61c}d'],
  ['nothing at all', 'a\u200bb\u200dc\ufeffd\u00ade\u2060f', 'a\\u{200b}b\\u{200d}c\\u{feff}d\\u{ad}e\\u{2060}f'],
  ['fillers', 'a\u3164b\u115fc\u034fd', 'a\\u{3164}b\\u{115f}c\\u{34f}d'],
  ['line and paragraph separators', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
  ['half of a character', 'a\ud83db\udc00c', 'a\\u{d83d}b\\u{dc00}c'],
  [
    'a command for Azure Pipelines',
    'a ##vso[task.setvariable variable=PATH]/evil',
    'a #\\u{23}vso[task.setvariable variable=PATH]/evil',
  ],
  [
    'an old command for GitHub and Azure',
    'x###[set-output name=verdict]allow',
    'x##\\u{23}[set-output name=verdict]allow',
  ],
  [
    'a command for TeamCity',
    "##teamcity[buildProblem description='x']",
    "#\\u{23}teamcity[buildProblem description='x']",
  ],
  ['a workflow command', '::add-mask::a', '\\u{3a}:add-mask::a'],
  ['a workflow command where a line may be wrapped', 'a ::stop-commands::abc b', 'a \\u{3a}:stop-commands::abc b'],
  ['tags', 'a\u{e0041}b', 'a\\u{e0041}b'],
]

/** Whether something stands in an output that could do harm; line breaks are ours. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const COMMAND = /^\s*::(?!\/0)|##[a-z]*\[/im

function expectHarmless(...outputs: readonly string[]): void {
  for (const output of outputs) {
    expect(output.replaceAll('\n', '')).not.toMatch(HARMFUL)
    expect(output).not.toMatch(COMMAND)
    expect(output).not.toMatch(/^ALLOWED$|^pwned/m)
  }
}

test.each(HOSTILE)('%s is shown, not done', (_, text, shown) => {
  expect(escapeTerminal(text)).toBe(shown)
  expect(escapeAll({ [text]: [{ name: text, port: 80, none: null }] })).toEqual({
    [shown]: [{ name: shown, port: 80, none: null }],
  })
})

test.each(HOSTILE)('JSON with %s is harmless to print and means the same', (_, text) => {
  const data = { [text]: [text] }
  expect(jsonText(data).replaceAll('\n', '')).not.toMatch(HARMFUL)
  expect(JSON.parse(jsonText(data))).toEqual(data)
})

test('plain text of any language stays as it is', () => {
  for (const text of [
    'shop/web',
    'größe',
    'データ',
    '👍🏽',
    'עברית',
    'a::b',
    '::/0',
    '::1',
    '10.0.0.0/8 ::ffff:10.0.0.1, ::',
    '## [a]',
    '\\u{1b}',
  ])
    expect(escapeTerminal(text)).toBe(text)
})

const WORLD = { stdout: 100, stderr: 100 }
const FLAGS = ['--color=never', '-v']
const CLUSTER = [namespace('a'), pod('a', 'x', {}, null), pod('a', 'z', {}, null)].join('---\n')

/** Every output that there is, on a terminal and in a pipe. */
async function outputsOf(argv: readonly string[], stdin = CLUSTER): Promise<readonly string[]> {
  const runs = [await run([...argv, ...FLAGS], { stdin, ...WORLD }), await run([...argv, ...FLAGS], { stdin })]
  const json = await run([...argv, ...FLAGS, '-o', 'json'], { stdin, ...WORLD })
  return [...runs, json].flatMap(({ stdout, stderr }) => [stdout, stderr])
}

describe.each(HOSTILE)('no output has %s of', (_, text) => {
  const quoted = JSON.stringify(text)

  test('the question', async () => {
    const questions = [
      [text, 'a/z:80'],
      [`a/${text}`, 'a/z:80'],
      [`a/app=${text}`, 'a/z:80'],
      ['a/x', text],
      ['a/x', `a/z:${text}`],
      ['a/x', `a/z:80/${text}`],
      ['10.0.0.0/8', `10.0.0.0/${text}`],
    ]
    for (const question of questions) expectHarmless(...(await outputsOf(['check', '-f', '-', ...question])))
  })

  test('a flag', async () => {
    for (const flag of [
      '-f',
      '-n',
      '-o',
      '--color',
      '--expect',
      '--pod-cidr',
      '--max-input',
      '--ipblock-pods',
      `--${text}`,
    ]) {
      const { stdout, stderr } = await run(['check', '-f', '-', 'a/x', 'a/z:80', flag, text], { stdin: CLUSTER })
      expectHarmless(stdout, stderr)
    }
    const { stdout, stderr } = await run([text])
    expectHarmless(stdout, stderr)
  })

  test('a crash', async () => {
    const { stderr } = await run(['check', '-f', '-', 'a/x', 'a/z', '--debug'], {
      stdin: CLUSTER,
      crash: new Error(text),
    })
    expectHarmless(stderr)
  })

  test.each([
    ['a name', `apiVersion: v1\nkind: Pod\nmetadata: {name: ${quoted}}`],
    ['a namespace', `apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: ${quoted}}`],
    ['a label', `apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {${quoted}: ${quoted}}}`],
    ['a kind', `apiVersion: example.org/v1\nkind: ${quoted}\nmetadata: {name: x}`],
    ['an API version', `apiVersion: ${quoted}\nkind: NetworkPolicy\nmetadata: {name: x}`],
    ['an unknown field', policy('a', 'p', `${quoted}: 1`)],
    ['a CIDR', policy('a', 'p', `ingress: [{from: [{ipBlock: {cidr: ${quoted}}}]}]`)],
    ['a port name', policy('a', 'p', `ingress: [{ports: [{port: ${quoted}}]}]`)],
    ['a doubled key', `apiVersion: v1\n${quoted}: 1\n${quoted}: 2`],
    ['JSON', `{"apiVersion": "v1", "kind": ${quoted}, "metadata": {"name": ${quoted}}}`],
    ['text that is no YAML', `a: [b\n# ${text}\n${text}: ]`],
  ])('%s in a manifest', async (__, manifest) => {
    const stdin = `${CLUSTER}---\n${manifest}\n`
    expectHarmless(...(await outputsOf(['check', '-f', '-', 'a/x', 'a/z:80', '--keep-going', '--lenient'], stdin)))
  })
})

describe('the names of files and folders', () => {
  const root = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  afterAll(() => {
    rmSync(root, { recursive: true })
  })

  test.each(HOSTILE.filter(([, text]) => Buffer.from(text).toString() === text))('with %s in them', async (_, text) => {
    const folder = join(root, text.replaceAll('/', ''))
    mkdirSync(folder)
    writeFileSync(
      join(folder, `${text.replaceAll('/', '')}.yaml`),
      `${CLUSTER}---\n${policy('a', 'deny', 'policyTypes: [Ingress]')}`,
    )
    writeFileSync(join(folder, `bad${text.replaceAll('/', '')}.yaml`), policy('a', 'bad', 'oops: 1'))
    const question = ['--keep-going', 'a/x', 'a/z:80']
    const outputs = await outputsOf(['check', '-f', folder, ...question])
    expect(outputs[0]).toMatch(/a\/deny/)
    expectHarmless(...(await outputsOf(['check', '-f', folder, '-f', `${folder}/no`, ...question])))
    expectHarmless(...outputs)
  })
})

test.each(['check', 'matrix'])('no format of %s has a command of a build log in it', async (command) => {
  const bad = 'spec: {podSelector: {}, "##vso[task.setvariable variable=PATH]/x": 1, "##[x]": 1, " ::error::x": 1}\n'
  const stdin = `${CLUSTER}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: a}\n${bad}`
  const question = command === 'check' ? ['a/x', 'a/z:80'] : []
  const formats = command === 'check' ? ['text', 'json'] : ['table', 'list', 'json', 'csv', 'markdown']
  for (const flags of [['-v'], ['--keep-going'], ['--lenient', '-v']]) {
    for (const format of formats) {
      const { stdout, stderr } = await run([command, '-f', '-', ...question, '-o', format, '--color=never', ...flags], {
        stdin,
        stderr: 30,
      })
      expectHarmless(stdout.replaceAll('\r\n', '\n'), stderr)
      expect(`${stdout}${stderr}`).toContain('task.setvariable')
    }
  }
})

describe('what is too long to be read is shortened in messages', () => {
  const LONG = 100_000

  test.each([
    ['a key', `"${'k'.repeat(LONG)}": 1`],
    ['a key of many words', `"${'k '.repeat(LONG / 2)}": 1`],
    ['a value', `policyTypes: ["${'v'.repeat(LONG)}"]`],
    ['a CIDR', `ingress: [{from: [{ipBlock: {cidr: "${'1'.repeat(LONG)}"}}]}]`],
    ['a doubled key', `"${'k'.repeat(LONG)}": 1, "${'k'.repeat(LONG)}": 2`],
    [
      'many values of a selector',
      `ingress: [{from: [{podSelector: {matchExpressions: [{key: a, operator: In, values: [${Array.from({ length: 20_000 }, (_, i) => `v${i}`).join(', ')}]}]}}]}]`,
    ],
  ])('%s', async (_, spec) => {
    const stdin = `${CLUSTER}---\n${policy('a', 'p', spec)}`
    for (const flags of [[], ['-o', 'json'], ['--keep-going', '-v'], ['--lenient', '-v']]) {
      const { stdout, stderr } = await run(['check', '-f', '-', 'a/x', 'a/z:80', ...flags], { stdin })
      expect(stdout.length + stderr.length).toBeLessThan(20_000)
    }
  })

  test('at both ends, saying how much is missing', () => {
    expect(shorten(`no \`${'x'.repeat(400)}\` here`)).toBe(
      `no \`${'x'.repeat(240)}… (100 more characters) …${'x'.repeat(60)}\` here`,
    )
    expect(shorten('word '.repeat(10_000))).toHaveLength(3000 + '… (47000 more characters) …'.length)
    expect(shorten('as it is')).toBe('as it is')
  })
})
