import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { check, parseCluster, type CheckResult } from '../../src/index.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run, type Run, type World } from '../support/cli-io.js'
import { expectHarmless } from '../support/harmless.js'
import { HOSTILE_TEXTS, MARK } from '../support/hostile.js'

const CLUSTER = [namespace('a'), pod('a', 'x', {}, null), pod('a', 'z', {}, null)]
const QUESTION = ['a/x', 'a/z:80'] as const

/** A manifest for every field that is read or told of, with a text in it. */
function manifestsWith(text: string): string {
  const quoted = JSON.stringify(text)
  const object = (apiVersion: string, kind: string, rest: string) =>
    `{apiVersion: ${apiVersion}, kind: ${kind}, ${rest}}\n`
  const spec = (containers: string) => `metadata: {name: x9}, spec: {containers: [${containers}]}`
  return [
    ...CLUSTER,
    object('v1', 'Pod', `metadata: {name: ${quoted}}`),
    object('v1', 'Pod', `metadata: {name: x2, namespace: ${quoted}}`),
    object('v1', 'Pod', `metadata: {name: x3, labels: {${quoted}: a}}`),
    object('v1', 'Pod', `metadata: {name: x4, labels: {a: ${quoted}}}`),
    object('v1', 'Pod', `metadata: {name: x5, annotations: {${quoted}: ${quoted}}}`),
    object('v1', 'Pod', spec(`{name: ${quoted}, image: ${quoted}, ports: [{name: ${quoted}, containerPort: 1}]}`)),
    object(
      'v1',
      'Pod',
      `metadata: {name: x6}, spec: {nodeName: ${quoted}}, status: {podIP: ${quoted}, phase: ${quoted}}`,
    ),
    object('v1', 'Node', `metadata: {name: ${quoted}}, status: {addresses: [{type: ${quoted}, address: ${quoted}}]}`),
    object('v1', 'Namespace', `metadata: {name: ${quoted}, labels: {${quoted}: ${quoted}}}`),
    object('example.org/v1', quoted, 'metadata: {name: x7}'),
    object('v1', JSON.stringify(`${text}NetworkPolicy`), 'metadata: {name: x8}'),
    object(quoted, 'NetworkPolicy', `metadata: {name: ${quoted}}`),
    ...[
      `${quoted}: 1`,
      `policyTypes: [${quoted}]`,
      `ingress: [{from: [{ipBlock: {cidr: ${quoted}, except: [${quoted}]}}]}]`,
      `ingress: [{ports: [{port: ${quoted}, protocol: ${quoted}}]}]`,
      `egress: [{to: [{podSelector: {matchLabels: {${quoted}: ${quoted}}}}]}]`,
      `egress: [{to: [{podSelector: {matchExpressions: [{key: ${quoted}, operator: ${quoted}, values: [${quoted}]}]}}]}]`,
    ].map((rest, index) => policy('a', `p${index}`, rest)),
    `kind: Pod\n${quoted}: 1\n${quoted}: 2\n`,
    `kind: Pod\na: [b\n${quoted}: ]\n`,
    `kind: Pod # ${text}\n`,
  ].join('---\n')
}

const asked = (stdin: string, flags: readonly string[], world: World = {}): Promise<Run> =>
  run(['check', '-f', '-', ...QUESTION, '--keep-going', '--color=never', ...flags], { ...world, stdin })

function expectHarmlessRun({ stdout, stderr }: Run): void {
  for (const output of [stdout, stderr]) expectHarmless(output)
}

test('there are some hundred hostile texts, each once', () => {
  expect(new Set(HOSTILE_TEXTS).size).toBe(HOSTILE_TEXTS.length)
  expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(300)
})

describe('a text in every field of a manifest', () => {
  test('comes out as text without harm, and begins no line', async () => {
    let told = 0
    for (const text of HOSTILE_TEXTS) {
      const stdin = manifestsWith(text)
      const outputs = [await asked(stdin, []), await asked(stdin, ['-v'])]
      for (const output of outputs) {
        expectHarmlessRun(output)
        expect([0, 1, 2]).toContain(output.code)
      }
      told += Number(outputs[1]?.stderr.includes(MARK))
    }
    // That nothing is seen may not be because nothing is shown
    expect(told).toBeGreaterThan(150)
  })

  test('on a terminal lines are broken, but none begins with it', async () => {
    for (const text of HOSTILE_TEXTS.filter((_, index) => index % 5 === 0)) {
      const { stdout, stderr } = await asked(manifestsWith(text), ['-v'], { stdout: 60, stderr: 60 })
      for (const output of [stdout, stderr]) expectHarmless(output)
    }
  })

  test('comes out of the JSON as it went in', async () => {
    for (const text of HOSTILE_TEXTS) {
      const stdin = manifestsWith(text)
      const output = await asked(stdin, ['-o', 'json'])
      expectHarmlessRun(output)
      // What arrives is UTF-8, which has no halves of characters
      const cluster = parseCluster([{ file: '<stdin>', text: Buffer.from(stdin).toString() }], { keepGoing: true })
      const answer = check(cluster, { from: QUESTION[0], to: QUESTION[1] })
      expect((JSON.parse(output.stdout) as CheckResult).diagnostics).toEqual(answer.diagnostics)
    }
  })
})

describe('a text in the name of a file', () => {
  const root = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  afterAll(() => {
    rmSync(root, { recursive: true })
  })
  const names = HOSTILE_TEXTS.filter((text) => !/[/\0]/.test(text) && text.length < 100)

  test('comes out without harm, and begins no line', async () => {
    for (const [index, name] of names.entries()) {
      const folder = join(root, String(index))
      mkdirSync(folder)
      writeFileSync(
        join(folder, `${name}.yaml`),
        [...CLUSTER, policy('a', 'p', 'policyTypes: [Ingress]')].join('---\n'),
      )
      writeFileSync(join(folder, `bad${name}.yaml`), policy('a', 'q', 'oops: 1'))
      for (const flags of [['-v'], ['-o', 'json']]) {
        const output = await run(['check', '-f', folder, ...QUESTION, '--keep-going', '--color=never', ...flags])
        expectHarmlessRun(output)
        expect(output.stderr).toContain('error[NP008]')
      }
    }
  })
})
