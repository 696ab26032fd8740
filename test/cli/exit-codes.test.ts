import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ask, run } from '../support/cli-io.js'

const PRODUCTION = ['check', '-f', 'fixtures/clusters/production', '-n', 'production']
const YES = ['frontend', 'backend:8080']
const NO = ['batch', 'backend:8080']
const PARTLY = ['frontend', 'backend:8080-8081']
const NOBODY = ['fronend', 'backend:8080']

describe('the answer is the exit code', () => {
  test.each([
    ['0 if the flow is allowed', YES, 0],
    ['1 if the flow is denied', NO, 1],
    ['1 if some flows are allowed and some denied', PARTLY, 1],
    ['1 if one of many pairs is denied', ['any', 'any:8080'], 1],
    ['0 if every pair is allowed', ['any', 'frontend:8080'], 0],
    ['0 without a port if every declared port is open', ['frontend', 'backend'], 0],
    ['1 without a port if none is open', ['batch', 'backend'], 1],
    ['2 if a peer matches nothing', NOBODY, 2],
  ])('%s', async (_, question, code) => {
    for (const output of ['text', 'json']) {
      expect((await run([...PRODUCTION, ...question, '-o', output])).code).toBe(code)
    }
  })
})

describe('--expect', () => {
  test.each([
    ['allow', YES, 0],
    ['allow', NO, 1],
    ['allow', PARTLY, 1],
    ['deny', YES, 1],
    ['deny', NO, 0],
    ['deny', PARTLY, 1],
    ['allow', NOBODY, 2],
    ['deny', NOBODY, 2],
    ['deny', ['batch', 'backend:80/ICMP'], 2],
  ])('%s of %j ends with %d', async (verdict, question, code) => {
    expect((await run([...PRODUCTION, ...question, '--expect', verdict])).code).toBe(code)
  })

  test('a verdict that nobody gives is a usage error that lists those that are', async () => {
    const { code, stderr } = await run([...PRODUCTION, ...NO, '--expect', 'denied'])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/denied.*allow, deny/)])
  })

  test('a crash is never what was expected', async () => {
    for (const verdict of ['allow', 'deny']) {
      const crash = new TypeError('oh no')
      expect((await run([...PRODUCTION, ...NO, '--expect', verdict], { crash })).code).toBe(3)
    }
  })
})

describe('2: the input cannot be answered from', () => {
  const empty = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  test.each([
    [
      'a file that is not there',
      ['-f', 'fixtures/nowhere.yaml'],
      /NP001.*there is no such file[^]*--> fixtures\/nowhere.yaml/,
    ],
    [
      'a file that is not there, beside one that is',
      ['-f', 'fixtures/nowhere', '-f', 'fixtures/clusters/demo'],
      /NP001/,
    ],
    ['a device', ['-f', '/dev/null'], /NP001.*is a device/],
    ['an invalid manifest', ['-f', 'fixtures/invalid/F-118-bare-address.yaml'], /NP012/],
    ['an empty folder', ['-f', empty], /NP027.*no manifests were found/],
    ['more than --max-input', ['-f', 'fixtures/clusters/demo', '--max-input', '1k'], /NP028.*--max-input/s],
  ])('%s', async (_, flags, message) => {
    const { code, stdout, stderr } = await run(['check', ...flags, 'any', 'any:80', '--expect', 'deny'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test.each([
    ['nothing', ''],
    ['an empty document', '---\n'],
    ['objects that are of no use', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
    ['a template', 'kind: {{ .Values.kind }}\n'],
  ])('standard input with %s', async (_, manifests) => {
    const { code, stderr } = await ask(manifests, ['any', 'any:80', '--expect', 'deny'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('NP027')])
  })

  test('bytes that are no text', async () => {
    const { code, stderr } = await run(['check', '-f', '-', 'any', 'any'], { stdin: Uint8Array.of(0xff, 0xfe, 0xfd) })
    expect([code, stderr]).toEqual([2, expect.stringContaining('NP002')])
  })
})

describe('3: a bug', () => {
  const crash = new RangeError('oh no')

  test('is told in short, with where to report it, and never looks like a verdict', async () => {
    const { code, stderr } = await run([...PRODUCTION, ...YES, '-q'], { crash })
    expect(code).toBe(3)
    expect(stderr).toMatch(/^netpol-sim has a bug: oh no\nplease report it: .*--debug.*\n$/)
  })

  test.each([['json'], ['text']])('is a bug whatever the format (%s)', async (output) => {
    expect((await run([...PRODUCTION, ...NO, '-o', output], { crash })).code).toBe(3)
  })

  test('shows its stack with --debug only, wherever that stands', async () => {
    for (const argv of [
      ['--debug', ...PRODUCTION, ...YES],
      [...PRODUCTION, ...YES, '--debug'],
    ]) {
      expect((await run(argv, { crash })).stderr).toMatch(/^netpol-sim has a bug: oh no\n +at [^]*\nplease report it/m)
    }
    expect((await run([...PRODUCTION, ...YES], { crash })).stderr).not.toMatch(/^ +at /m)
  })

  test('is a bug in help and in the demo, too', async () => {
    expect((await run(['demo'], { crash })).code).toBe(3)
    expect((await run(['--help'], { crash })).code).toBe(3)
  })
})
