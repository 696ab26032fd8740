import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ExplainResult } from '../../src/explain/explain.js'
import { ENTRIES } from '../../src/codes/entries.js'
import { run } from '../support/cli-io.js'
import { netpolSim, buildIfStale } from '../support/cli-process.js'
import { closed, complaints, validator } from '../support/cli-schema.js'

const SCHEMA = JSON.parse(readFileSync('schemas/explain.json', 'utf8')) as Record<string, unknown>
const strict = validator(closed(SCHEMA))
const ALL = Object.keys(ENTRIES).sort()

describe('explain prints the page of a code', () => {
  test('with its title, its meaning, the way out, an example and the correction', async () => {
    const { code, stdout, stderr } = await run(['explain', 'NP012'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^NP012: the CIDR is not valid\n\n[^]+\n\nWhat to do: [^]+cidr: 10\.0\.0\.1\n[^]+cidr: 10\.0\.0\.1\/32\n$/,
    )
  })

  test.each(['np012', 'Np12', '12', '012', 'error[NP012]', '[NP012]:', ' NP012 '])('written as %j', async (word) => {
    expect(await run(['explain', word])).toEqual(await run(['explain', 'NP012']))
  })

  test.each(ALL)('%s: in 60 columns no prose is cut off, and a pipe gets the same words', async (code) => {
    const [narrow, pipe] = [await run(['--color=never', 'explain', code], { stdout: 60 }), await run(['explain', code])]
    const words = (text: string) => text.split(/\s+/)
    expect(words(narrow.stdout)).toEqual(words(pipe.stdout))
    const long = narrow.stdout.split('\n').filter((line) => line.length > 60 && !line.startsWith('    '))
    expect(long).toEqual([])
    // eslint-disable-next-line no-control-regex -- control characters are what this looks for
    expect(pipe.stdout).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|\u001b/u)
  })

  test('in colour only where colour is wanted', async () => {
    const { stdout } = await run(['--color=always', 'explain', 'NP012'])
    expect(stdout).toContain('\u001b[')
    expect((await run(['explain', 'NP012'], { env: { FORCE_COLOR: '1' } })).stdout).toBe(stdout)
  })
})

test('explain without a code lists all of them, errors first', async () => {
  const { code, stdout, stderr } = await run(['explain'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect([...stdout.matchAll(/^ {2}(NP\d{3}) {2}\S/gm)].map(([, listed]) => listed)).toEqual(ALL)
})

describe('a code that does not exist ends with 2 and an empty answer', () => {
  test.each([
    ['a number near another', 'NP0122', /no code `NP0122`, did you mean NP012\?/],
    ['letters the wrong way round', 'PN012', /did you mean NP012\?/],
    ['a word of a title', 'cidr', /did you mean NP012 \(the CIDR is not valid\) or NP013/],
    ['nothing like a code', 'frobnicate', /no code `frobnicate`\n/],
    ['an empty word', '', /no code ``\n/],
    ['zero', '0', /no code `0`/],
    ['escape sequences', '\u001b[31m', /no code `\\u\{1b\}\[31m`/],
  ])('%s', async (_, word, message) => {
    const { code, stdout, stderr } = await run(['explain', word])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toContain('netpol-sim explain lists all codes')
  })

  test('more than one word', async () => {
    expect((await run(['explain', 'NP012', 'NP013'])).code).toBe(2)
  })
})

describe('explain -o json fits schemas/explain.json', () => {
  const ask = async (...words: readonly string[]) => {
    const { code, stdout } = await run(['explain', ...words, '-o', 'json'])
    return { code, answer: JSON.parse(stdout) as ExplainResult }
  }

  test.each(ALL)('%s', async (wanted) => {
    const { code, answer } = await ask(wanted)
    expect(complaints(strict, answer)).toEqual([])
    expect({ code, asked: answer.code }).toEqual({ code: 0, asked: wanted })
    expect(answer.text).toBe((await run(['explain', wanted])).stdout)
  })

  test('the list', async () => {
    const { code, answer } = await ask()
    expect(complaints(strict, answer)).toEqual([])
    expect({ code, codes: answer.codes.map((entry) => entry.code) }).toEqual({ code: 0, codes: ALL })
  })

  test('a code that does not exist', async () => {
    const { code, answer } = await ask('NP999')
    expect(complaints(strict, answer)).toEqual([])
    expect({ code, codes: answer.diagnostics.map((entry) => entry.code) }).toEqual({ code: 2, codes: ['NP030'] })
    expect([answer.code, answer.text, answer.codes]).toEqual([null, null, []])
  })

  test('and the schema refuses what is no answer', async () => {
    const { answer } = await ask('NP012')
    for (const broken of [{}, { ...answer, code: 'E12' }, { ...answer, wrong: {} }, { ...answer, schemaVersion: 2 }])
      expect(complaints(validator(SCHEMA), broken)).not.toEqual([])
    expect(JSON.stringify(SCHEMA)).not.toMatch(/additionalProperties|unevaluatedProperties/)
  })
})

test('the built command prints pages from a file of their own, which a check does not load', () => {
  buildIfStale()
  expect(netpolSim(['explain', '12']).stdout).toMatch(/^NP012: the CIDR is not valid\n/)
  expect(readFileSync('dist/cli.cjs', 'utf8')).not.toContain('the CIDR is not valid')
}, 120_000)
