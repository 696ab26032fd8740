import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { run } from '../support/cli-io.js'
import { CHECK_SCHEMA, closed, complaints, validator } from '../support/cli-schema.js'

const DEMO = ['check', '-f', 'fixtures/clusters/demo', 'shop/cart', 'shop/orders-db:5432']
const isValid = validator(closed(CHECK_SCHEMA))

describe('a mistake in the command line is an answer in JSON where JSON was asked for', () => {
  test.each([
    [
      'an unknown flag',
      [...DEMO, '-o', 'json', '--strickt'],
      /^unknown option '--strickt'$/,
      'did you mean `--strict`?',
    ],
    ['a missing peer', ['check', '--output=json'], /^missing required argument 'from'$/, null],
    ['too many peers', [...DEMO, '-qo', 'json', 'x'], /^too many arguments/, null],
    ['a value that is none', ['check', '-ojson', '--expect', 'x', 'a', 'b'], /'x' is invalid/, null],
    ['a size that is none', [...DEMO, '--output', 'json', '--max-input', 'x'], /^`x` is not a size/, null],
    ['settings that are not there', [...DEMO, '-o', 'json', '--config', 'none'], /^cannot be read/, null],
  ])('%s', async (_, argv, message, help) => {
    const { code, stdout } = await run(argv)
    const answer = JSON.parse(stdout) as CheckResult
    expect(code).toBe(2)
    expect(answer).toMatchObject({ verdict: null, flows: [], diagnostics: [{ severity: 'error', help }] })
    expect(answer.diagnostics[0]?.message).toMatch(message)
    expect(complaints(isValid, answer)).toEqual([])
  })

  test('and of other commands as well, known or not', async () => {
    for (const argv of [
      ['chekc', '-o', 'json'],
      ['explain', '-o', 'json', 'a', 'b'],
      ['-o', 'json'],
    ]) {
      const { code, stdout } = await run(argv)
      expect(code).toBe(2)
      expect(JSON.parse(stdout)).toMatchObject({
        schemaVersion: 1,
        verdict: null,
        diagnostics: [{ severity: 'error' }],
      })
    }
  })

  test.each([[['-o', 'text']], [['-o', 'json=x.json']], [['--', '-o', 'json']], [[]]])(
    'and only then: %j',
    async (flags) => {
      expect(await run([...DEMO, '--strickt', ...flags])).toMatchObject({ code: 2, stdout: '' })
    },
  )
})

describe('-n', () => {
  test.each(['Shop', 'a.b', '', '-x', 'a'.repeat(64), '$(id)', 'a\nb'])('%j is no namespace', async (name) => {
    const { code, stdout, stderr } = await run([...DEMO, '-n', name])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error\[NP011\]: `.*` is not a namespace: it must be [^\n]*\n$/)
  })
})

test('a path that does not exist is one error, and never an answer', async () => {
  for (const flags of [[], ['--keep-going']]) {
    const { code, stdout } = await run(['check', '-f', 'nowhere', '1.2.3.4', 'any', '-o', 'json', ...flags])
    const { verdict, diagnostics } = JSON.parse(stdout) as CheckResult
    expect([code, verdict, diagnostics.map((diagnostic) => diagnostic.code)]).toEqual([2, null, ['NP001']])
  }
})

test('a file name with line breaks and escape sequences stays one line of visible characters', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  const odd = join(folder, 'a\n::error::\u001b[31m\u202eb')
  mkdirSync(odd)
  writeFileSync(join(odd, 'x.yaml'), 'kind: Pod\nmetadata: [')
  const { code, stderr } = await run(['check', '-f', folder, 'a', 'b'])
  rmSync(folder, { recursive: true })
  expect(code).toBe(2)
  expect(stderr).toContain('a\\u{a}\\u{3a}:error::\\u{1b}[31m\\u{202e}b/x.yaml:')
  expect(stderr).not.toMatch(/^::/m)
})
