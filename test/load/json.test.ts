import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/syntax/json/parse-json.js'
import { refusal } from './refusal.js'
import { processorTime } from '../support/processor-time.js'

const read = (text: string) => parseJson(text, { duplicateKeys: 'error' })

const refusalOf = (text: string) => refusal(read(text))

test('valid JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(
      fc.object({ maxDepth: 3, values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] }),
      (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'))
        for (const indent of [0, 1, '\t']) {
          const text = JSON.stringify(value, null, indent)
          const { value: read_, problems } = read(text)
          fc.pre(!problems.some(({ code }) => code === 'NP002' || code === 'NP130'))
          expect(read_).toEqual(JSON.parse(text))
        }
      },
    ),
  )
})

describe('keys that stand twice', () => {
  test.each([
    ['{"a": 1, "b": {"c": 1, "c": 2}}', 'NP004 1:24 duplicate key `c`, first at line 1, column 16 of the document'],
    ['{"a": 1,\n "\\u0061": 2}', 'NP004 2:2 duplicate key `a`, first at line 1, column 2 of the document'],
    ['[{"a": ":", "a": 1}]', 'NP004 1:13 duplicate key `a`, first at line 1, column 3 of the document'],
  ])('%j is refused at the second', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test('leniently the last one wins, with a warning', () => {
    const { value, problems } = parseJson('{"a": 1, "a": 2}', { duplicateKeys: 'last' })
    expect(value).toEqual({ a: 2 })
    expect(problems).toMatchObject([{ code: 'NP004', severity: 'warning' }])
  })

  test('colons and braces in strings are no keys', () => {
    expect(read('{"a": "b: {\\"c\\": 1}", "d": [":", "\\\\"]}').problems).toEqual([])
  })
})

describe('what JSON.parse lets pass and the server does not is refused', () => {
  test.each([
    ['{"a": {"__proto__": 1}}', 'NP006 1:8 the key `__proto__` is not allowed'],
    ['{"a": [1, 1e999]}', 'NP006 1:11 found `1e999`, expected a number of 64 bits'],
    ['{"a": "\\ud800"}', 'NP006 1:7 the escape of half a character is replaced by Kubernetes'],
    [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'NP005 1:321 the document is nested more than 64 levels deep'],
    ['{"a": "\u007f"}', 'NP002 1:8 U+007F: control characters are not allowed'],
    ['{"a": 1', 'NP003 1:8 found the end of the document, which is not allowed here in JSON'],
    ['{"a": 1,\n "b" 2}', 'NP003 2:6 found `2}`, which is not allowed here in JSON'],
  ])('%j', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test('a pair of escapes is one character', () => {
    expect(read('{"a": "\\ud83d\\ude00"}')).toEqual({ value: { a: '😀' }, problems: [] })
  })

  test('line breaks that only YAML has are text', () => {
    expect(read('{"a": "\u2028\u0085"}').value).toEqual({ a: '\u2028\u0085' })
  })

  test('invisible characters are warned of', () => {
    expect(read('{"a": "\u202e"}')).toMatchObject({ value: { a: '\u202e' }, problems: [{ code: 'NP130' }] })
  })
})

test('what is not quite JSON is read as YAML, as kubectl does', () => {
  expect(read('{"a": 1, "b": [010,],}')).toEqual({ value: { a: 1, b: [8] }, problems: [] })
})

test.each([
  ['nesting of a million', `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`],
  ['one key over and over', `{${Array(100_000).fill('"a":1').join(',')}}`],
  ['a string of quotes', `{"a": "${'\\"'.repeat(500_000)}`],
])('%s is refused at once', (_name, text) => {
  const took = processorTime(() => {
    expect(read(text).value).toBeUndefined()
  })
  expect(took).toBeLessThan(5000)
})
