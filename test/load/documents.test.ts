import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeBytes } from '../../src/load/files/decode-bytes.js'
import { splitDocuments } from '../../src/load/documents/split.js'
import { parseJson } from '../../src/syntax/json/parse-json.js'
import type { Value } from '../../src/syntax/text/value.js'
import { parseYaml } from '../../src/syntax/yaml/parse-yaml.js'
import { processorTime } from '../support/processor-time.js'

type Input = string | { base64: string } | { before: string; nestedMappings: number } | (string | [string, number])[]

const answers = JSON.parse(readFileSync('fixtures/readers/kubectl-documents.json', 'utf8')) as Record<string, string>
const inputs = JSON.parse(readFileSync('fixtures/readers/kubectl-documents.inputs.json', 'utf8')) as Record<
  string,
  Input
>

/** What kubectl reads and we refuse, by the reason that we give. */
const REFUSED_BY_US_ALONE: Readonly<Record<string, string>> = {
  'dup key scalar': 'NP004',
  'dup key nested': 'NP004',
  'dup key 1 and "1"': 'NP004',
  'dup key on / true': 'NP004',
  'JSON dup': 'NP004',
  'merge override order': 'NP006',
  ['__proto__']: 'NP006',
  '!!js/function': 'NP006',
  '!!python': 'NP006',
  '!!set': 'NP006',
  '!!omap': 'NP006',
  '!local map': 'NP006',
  'BOM second doc': 'NP006',
  'invalid utf8': 'NP002',
  'overlong utf8': 'NP002',
  'surrogate utf8': 'NP002',
  '... end then doc': 'NP006',
  'depth 100': 'NP005',
  'depth 9990': 'NP005',
  'depth block 2000': 'NP005',
  'colon trailing': 'NP006',
  NEL: 'NP006',
  'LS in comment': 'NP006',
  'NEL in comment': 'NP006',
  'LS break': 'NP006',
  'NEL break': 'NP006',
}
/** Texts that we read and kubectl refuses for what they say, which is for those to decide who look at kinds. */
const NO_OBJECT = ['scalar doc', 'list doc', 'nested List']

describe('D-20: a file is read as kubectl reads it', () => {
  test('every answer has its input', () => {
    expect(Object.keys(inputs)).toEqual(Object.keys(answers))
  })

  test.each(Object.entries(answers))('%s', (name, answer) => {
    const { objects, refusals } = read(bytesOf(inputs[name] ?? ''))
    for (const { line, column } of refusals) expect(Math.min(line, column)).toBeGreaterThan(0)
    if (NO_OBJECT.includes(name)) return
    const alone = REFUSED_BY_US_ALONE[name]
    if (alone !== undefined) {
      expect(answer).not.toMatch(/^rc=1/)
      expect(refusals.map(({ code }) => code)).toContain(alone)
    } else if (answer.startsWith('rc=1')) expect(refusals).not.toEqual([])
    else expect({ objects, refusals }).toEqual({ objects: JSON.parse(answer) as unknown, refusals: [] })
  })
})

function bytesOf(input: Input): Uint8Array {
  if (typeof input === 'string') return Buffer.from(input)
  if (Array.isArray(input)) {
    return Buffer.from(input.map((part) => (typeof part === 'string' ? part : part[0].repeat(part[1]))).join(''))
  }
  if ('base64' in input) return Buffer.from(input.base64, 'base64')
  const nested = Array.from({ length: input.nestedMappings }, (_, depth) => `${' '.repeat(depth + 1)}a:\n`)
  return Buffer.from(input.before + nested.join(''))
}

function read(bytes: Uint8Array) {
  const decoded = decodeBytes(bytes)
  if ('problem' in decoded) return { objects: [], refusals: [{ code: 'NP002', ...decoded.position }] }
  const objects: unknown[] = []
  const refusals: { code: string; line: number; column: number }[] = []
  for (const { text, format } of splitDocuments(decoded.text)) {
    const { value, problems } = (format === 'json' ? parseJson : parseYaml)(text, { duplicateKeys: 'error' })
    if (value === undefined) refusals.push(...problems.map(({ code, position }) => ({ code, ...position })))
    else objects.push(...itemsOf(value).map(marked))
  }
  return { objects, refusals }
}

function itemsOf(value: Value): readonly Value[] {
  if (value === null) return []
  const { kind, items } = value as { kind?: string; items?: Value[] | null }
  return kind?.endsWith('List') === true ? (items ?? []).flatMap(itemsOf) : [value]
}

/** What `kubectl label` printed, without what all objects have in common. */
function marked(value: Value): unknown {
  const { metadata, ...object } = value as Record<string, Value>
  const rest = Object.entries(object).filter(([key]) => key !== 'apiVersion' && key !== 'kind')
  return { ...Object.fromEntries(rest), '#': (metadata as { name?: string } | undefined)?.name }
}

describe('splitDocuments', () => {
  const places = (text: string) => splitDocuments(text).map(({ text: piece, ...place }) => ({ piece, ...place }))

  test('a line of --- separates, with blanks or a comment after it', () => {
    expect(places('a: 1\n---\nb: 2\n---  # c\nc: 3\n')).toEqual([
      { piece: 'a: 1\n', line: 1, format: 'yaml' },
      { piece: 'b: 2\n', line: 3, format: 'yaml' },
      { piece: 'c: 3\n', line: 5, format: 'yaml' },
    ])
  })

  test('comments before the first separator are no document, comments after it are', () => {
    expect(places('# licence\n\n---\na: 1\n---\n# nothing\n')).toEqual([
      { piece: 'a: 1\n', line: 4, format: 'yaml' },
      { piece: '# nothing\n', line: 6, format: 'yaml' },
    ])
  })

  test('an empty file is one empty document', () => {
    expect(places('')).toEqual([{ piece: '', line: 1, format: 'yaml' }])
  })

  test('only a line feed ends the line of a separator, and every line break counts', () => {
    expect(places('a: 1\r\nb: 2\r\n---\r\nc: 3\r\n')).toEqual([
      { piece: 'a: 1\r\nb: 2\r\n', line: 1, format: 'yaml' },
      { piece: 'c: 3\r\n', line: 4, format: 'yaml' },
    ])
    expect(places('a: 1\rb: 2\n---\nc: 3')).toMatchObject([{ line: 1 }, { line: 4 }])
  })

  test.each(['--- text', '---text', '----', '---#c'])('%s is no separator and stays in its document', (line) => {
    expect(splitDocuments(`a: 1\n${line}\nb: 2\n`)).toHaveLength(1)
    expect(parseYaml(`a: 1\n${line}\nb: 2\n`, { duplicateKeys: 'error' })).toMatchObject({
      value: undefined,
      problems: [{ code: 'NP006', position: { line: 2, column: 1 } }],
    })
  })

  test('JSON objects may follow each other, on one line too', () => {
    expect(places('{"a": 1} {"b": "}"}\n  {"c": 3}\n')).toEqual([
      { piece: '{"a": 1}', line: 1, format: 'json' },
      { piece: '{"b": "}"}', line: 1, column: 10, format: 'json', onlyJson: true },
      { piece: '{"c": 3}\n', line: 2, column: 3, format: 'json', onlyJson: true },
    ])
  })

  test('after one JSON object there may be a separator and YAML', () => {
    expect(places('{"a": 1}\n---\nb: 2\n')).toEqual([
      { piece: '{"a": 1}', line: 1, format: 'json' },
      { piece: 'b: 2\n', line: 3, format: 'yaml' },
    ])
  })

  test.each(['{a: b}\n---\nc: d\n', '{{- if .x }}\na: 1\n---\nb: 2\n'])(
    '%j begins with a brace and is YAML',
    (text) => {
      expect(splitDocuments(text).map(({ format }) => format)).toEqual(['yaml', 'yaml'])
    },
  )

  test('what follows JSON and is none is refused where it stands', () => {
    const [, rest] = splitDocuments('{"a": 1}\n  oops\n')
    expect(rest).toMatchObject({ text: 'oops\n', line: 2, column: 3 })
    expect(parseJson(rest?.text ?? '', { duplicateKeys: 'error' }).value).toBeUndefined()
  })

  test('a hundred thousand objects or separators are split at once', () => {
    const took = processorTime(() => {
      expect(splitDocuments('{}'.repeat(100_000))).toHaveLength(100_000)
      expect(splitDocuments('---\n'.repeat(100_000))).toHaveLength(100_000)
    })
    expect(took).toBeLessThan(5000)
  })
})

describe('decodeBytes', () => {
  test.each([
    ['UTF-8', Buffer.from('a: ü\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeffa: ü\n')],
    ['UTF-16 little-endian', Buffer.from('\ufeffa: ü\n', 'utf16le')],
    ['UTF-16 big-endian', Buffer.from('\ufeffa: ü\n', 'utf16le').swap16()],
  ])('%s is decoded and its mark removed', (_name, bytes) => {
    expect(decodeBytes(bytes)).toEqual({ text: 'a: ü\n' })
  })

  test.each([
    ['a lone byte', Buffer.concat([Buffer.from('a: ü\nb: x'), Buffer.from([0xff]), Buffer.from('y')]), 2, 5],
    ['an overlong form', Buffer.concat([Buffer.from('a: '), Buffer.from([0xc0, 0xaf])]), 1, 4],
    ['a surrogate', Buffer.concat([Buffer.from('\ufffd'), Buffer.from([0xed, 0xa0, 0x80])]), 1, 2],
    ['a cut character', Buffer.from('a: ü').subarray(0, 4), 1, 4],
  ])('%s is refused at its place', (_name, bytes, line, column) => {
    expect(decodeBytes(bytes)).toEqual({ problem: 'the text is not valid UTF-8', position: { line, column } })
  })
})
