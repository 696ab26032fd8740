import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BIN, buildIfStale } from '../support/cli-process.js'

/** Seconds of the processor that a run may take: clocks run on while others work. */
const MOST_SECONDS = 5
/** Megabytes of heap that a run may have. */
const HEAP = 200

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
beforeAll(buildIfStale, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Asks about an input: an answer must come soon, and without more memory than the guide allows. */
function ask(path: string, input: string | Uint8Array = '', question: readonly string[] = ['a/x', 'a/z:80']) {
  const node = [`--max-old-space-size=${HEAP}`, '--require', './bench/peak-memory.cjs', BIN]
  const argv = [...node, 'check', '-f', path, ...question]
  const { status, stderr, signal, output } = spawnSync(process.execPath, argv, {
    input,
    timeout: 60_000,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  })
  const { seconds } = JSON.parse(String(output[3])) as { seconds: number }
  expect(seconds).toBeLessThan(MOST_SECONDS)
  expect(signal).toBeNull()
  return { status, stderr: stderr.toString() }
}

const KIND = 'kind: Pod\n'
const bomb = Array.from({ length: 9 }, (_, level) => {
  const below = level === 0 ? 'x' : `*a${level - 1}`
  return `a${level}: &a${level} [${Array(10).fill(below).join(', ')}]\n`
}).join('')
const wide = `a: &a {${Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join(', ')}}\n`
const MILLION = 1_000_000

describe('what a text may hold: an error at its place, in time and in little memory', () => {
  test.each([
    ['an alias bomb', `${KIND}${bomb}`, 'NP005', /<stdin>:\d+:\d+/],
    ['an alias in itself', `${KIND}a: &a\n  b: *a\n`, 'NP005', /<stdin>:3:6/],
    ['brackets, a million deep', `${KIND}a: ${'['.repeat(MILLION)}`, 'NP005', /<stdin>:2:\d+/],
    ['braces, a quarter of a million deep', `${KIND}a: ${'{a: '.repeat(MILLION / 4)}`, 'NP005', /<stdin>:2:\d+/],
    ['JSON, a quarter of a million deep', `{"kind":"Pod","a":${'{"a":'.repeat(MILLION / 4)}`, 'NP00', /<stdin>:1:\d+/],
    ['one merge over and over', `${KIND}${wide}b:\n${'- <<: *a\n'.repeat(20_000)}`, 'NP005', /<stdin>:\d+:\d+/],
    ['a merge of one thing over and over', `${KIND}${wide}<<: [${'*a, '.repeat(50_000)}]\n`, 'NP005', /<stdin>:3:1/],
    ['a key for the prototype', `${KIND}metadata:\n  labels: {__proto__: a}\n`, 'NP006', /<stdin>:3:12/],
    ['JSON with a key for the prototype', '{"kind": "Pod",\n"a": {"__proto__": {}}}', 'NP006', /<stdin>:2:7/],
    ['a function', `${KIND}a: !!js/function 'function () { process.exit(0) }'\n`, 'NP006', /<stdin>:2:4/],
    ['a regular expression', `${KIND}a: !!js/regexp /(a+)+$/\n`, 'NP006', /<stdin>:2:4/],
    ['an object of Python', `${KIND}a: !!python/object/apply:os.system [id]\n`, 'NP006', /<stdin>:2:4/],
    ['NUL', `${KIND}a: "\0"\n`, 'NP002', /<stdin>:2:5/],
    ['a control character', `${KIND}# \u001b[2J\n`, 'NP002', /<stdin>:2:3/],
    ['bytes that are no UTF-8', Buffer.from([...Buffer.from(KIND), 0x61, 0xff]), 'NP002', /<stdin>:2:2/],
    ['a tab in the indentation', `${KIND}metadata:\n\tname: a\n`, 'NP003', /<stdin>:3:1/],
    ['CRLF', `${KIND.trim()}\r\nmetadata:\r\n  name: A\r\napiVersion: v1\r\n`, 'NP011', /<stdin>:3:9/],
    ['a byte order mark', `\ufeff${KIND}apiVersion: v1\nmetadata: {name: A}\n`, 'NP011', /<stdin>:3:18/],
    ['a key over and over', `${KIND}${'a:\t\tb\n'.repeat(50_000)}`, 'NP004', /<stdin>:3:1/],
    ['comments only', '# nothing\n'.repeat(1000), 'NP027', /standard input is empty/],
    ['nothing', '', 'NP027', /standard input is empty/],
  ])('%s', (_, input, code, place) => {
    const { status, stderr } = ask('-', input)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error[${code}`)])
    expect(stderr).toMatch(place)
  })

  test.each([
    ['a long key above many tabs', `${KIND}"${'k'.repeat(MILLION)}": x\n${'  \tx\n'.repeat(100_000)}`, 'NP003'],
    ['many tabs in many brackets', `${KIND}x: ${'['.repeat(60)}${'a,\n\t'.repeat(200_000)}${']'.repeat(60)}\n`, 'NP'],
    [
      'replicas that selectors tell apart, times selectors',
      `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: x, namespace: a}
spec:
  replicas: 2147483647
  selector: {matchLabels: {app: x}}
  template: {metadata: {labels: {app: x}}}
---
apiVersion: v1
kind: Pod
metadata: {name: z, namespace: a}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: a}
spec:
  podSelector: {}
  ingress:
  - from:
${Array.from({ length: 30_000 }, (_, at) => `    - podSelector: {matchLabels: {apps.kubernetes.io/pod-index: '${at}'}}\n`).join('')}`,
      'NP030',
    ],
    [
      'pods times policies that select them, any to any',
      Array.from(
        { length: 6000 },
        (_, at) => `apiVersion: v1
kind: Pod
metadata: {name: p${at}, namespace: a, labels: {app: p${at}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np${at}, namespace: a}
spec: {podSelector: {matchLabels: {app: p${at}}}, ingress: [{from: [{podSelector: {}}]}]}
`,
      ).join('---\n'),
      'NP030',
      ['any', 'any'],
    ],
  ])('%s', (_, input, code, question: readonly string[] = ['a/x', 'a/z:80']) => {
    const { status, stderr } = ask('-', input, question)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error[${code}`)])
  })

  test('`constructor` is a key like any other', () => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {namespace: a, name: ${name}, labels: {constructor: a, toString: b}}\n`
    expect(ask('-', `${pod('x')}---\n${pod('z')}`).status).toBe(0)
  })
})

describe('what may stand where a file should: an error or nothing, never a wait', () => {
  test.each([
    ['1G', /error\[NP0(?:02|28)\]/],
    ['3G', /error\[NP028\]/],
  ])('a file of %s, all of it NUL', (size, error) => {
    const file = join(folder, `${size}.yaml`)
    execFileSync('truncate', ['-s', size, file])
    const { status, stderr } = ask(file)
    expect([status, stderr]).toEqual([2, expect.stringMatching(error)])
  })

  test('a pipe that nobody writes to, a device', () => {
    const pipe = join(folder, 'pipe.yaml')
    execFileSync('mkfifo', [pipe])
    for (const path of [pipe, '/dev/zero']) {
      const { status, stderr } = ask(path)
      expect([status, stderr]).toEqual([2, expect.stringContaining('error[NP001]')])
    }
  })

  test('links in a circle, and a folder in itself', () => {
    const circle = join(folder, 'circle')
    mkdirSync(circle)
    symlinkSync('b.yaml', join(circle, 'a.yaml'))
    symlinkSync('a.yaml', join(circle, 'b.yaml'))
    symlinkSync('.', join(circle, 'self'))
    const { status, stderr } = ask(circle)
    expect([status, stderr]).toEqual([2, expect.stringContaining('leads to nothing that is there')])
  })

  test.skipIf(process.getuid?.() === 0)('a folder that may not be read', () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o000 })
    writeFileSync(join(folder, 'a.yaml'), 'a: 1\n')
    expect(ask(folder).stderr).toContain('permission denied')
  })
})
