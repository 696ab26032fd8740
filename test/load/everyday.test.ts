import '../support/seed.js'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { splitDocuments } from '../../src/load/documents/split.js'
import { characterProblem } from '../../src/syntax/text/characters.js'
import type { Path } from '../../src/model/source.js'
import { createReading, evaluate } from '../../src/syntax/yaml/evaluate.js'
import { everydayFinder } from '../../src/syntax/yaml/everyday-find.js'
import { findInYaml } from '../../src/syntax/yaml/find.js'
import { readEveryday } from '../../src/syntax/yaml/everyday.js'
import { layoutProblem } from '../../src/syntax/yaml/layout.js'
import { compose } from '../../src/syntax/yaml/parse-yaml.js'

/** What the exact way makes of a text: its value and every problem as one text, so that the order of keys counts. */
function exactly(text: string): string {
  const refused = characterProblem(text, 'yaml') ?? layoutProblem(text)
  if (refused !== null) return refused.message
  const tree = compose(text)
  if (!('nodes' in tree)) return tree.message
  const { value, problems } = evaluate(tree, { duplicateKeys: 'error' })
  return JSON.stringify([value, problems])
}

/** The paths of a value, and of what it does not hold. */
function* pathsOf(value: unknown, path: Path): Generator<Path> {
  yield path
  yield [...path, 'nothing']
  yield [...path, 99]
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    yield* pathsOf(item, [...path, key])
  }
}

/** Every place that the everyday way knows is where the exact way finds it, how it is written included. */
function expectSamePlaces(text: string): void {
  const find = everydayFinder(text)
  if (find === null) return
  const tree = compose(text)
  if (!('nodes' in tree)) throw new Error(`found places in ${JSON.stringify(text)}, which cannot be read`)
  const reading = { ...createReading(tree, { duplicateKeys: 'last' }), report: () => undefined }
  for (const path of pathsOf(readEveryday(text), [])) {
    expect([text, path, find(path)]).toEqual([text, path, findInYaml(reading, path)])
  }
}

/** Whether a text is read in the everyday way; that must then be what the exact way reads, without a problem. */
function agrees(text: string): boolean {
  expectSamePlaces(text)
  if (characterProblem(text, 'yaml') !== null || layoutProblem(text) !== null) return false
  const value = readEveryday(text)
  if (value === undefined) return false
  expect([text, JSON.stringify([value, []])]).toEqual([text, exactly(text)])
  return true
}

test('what is read in the everyday way is what the exact way reads (B-3)', () => {
  const rows = readFileSync('fixtures/readers/grammar.jsonl', 'utf8').trimEnd().split('\n')
  const grammar = rows.map((row) => (JSON.parse(row) as { yaml: string }).yaml)
  expect(grammar.filter(agrees).length).toBeGreaterThan(70)
})

test('most manifests are read in the everyday way', () => {
  const files = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))
  const texts = files.flatMap((file) => splitDocuments(readFileSync(`fixtures/${file}`, 'utf8')))
  const everyday = texts.filter(({ text, format }) => format === 'yaml' && agrees(text))
  expect(everyday.length / texts.length).toBeGreaterThan(0.9)
})

const INDENT = fc.constantFrom('', '', '  ', '  ', '    ', ' ', '      ', '   ')
const DASH = fc.constantFrom('', '', '', '- ', '- ', '-   ', '- - ', '-', '-\t')
const KEY = fc.constantFrom(
  ...[
    'a: ',
    'b: ',
    'app.kubernetes.io/name: ',
    'a:',
    'b:',
    'metadata:',
    'spec: ',
    'on: ',
    'null: ',
    'y: ',
    '_: ',
    'a :',
  ],
  ...['"a": ', '1: ', '-a: ', '<<: ', '? a\n: ', 'a:  ', '__proto__: ', 'constructor: ', '~: ', ''],
)
const SCALAR = fc.constantFrom(
  ...[
    '',
    '',
    '',
    '',
    'b',
    'web',
    '8080',
    '0x1F',
    '010',
    '1e3',
    '.5',
    '.inf',
    '1_0',
    'yes',
    'No',
    '~',
    'null',
    '-1',
    '-',
  ],
  ...[
    '--x=y',
    '-c',
    '10.0.0.0/8',
    '"a b"',
    "'a: b'",
    "'it''s'",
    '"a\\nb"',
    '"a',
    "'",
    '""',
    '{}',
    '[]',
    '[a, b]',
    '[a b]',
  ],
  ...[
    '{a: b}',
    '{ a: 1, b: [x, "y"] }',
    '{a: b, a: c}',
    '{a}',
    '{a:b}',
    '[a: b]',
    '[a, ]',
    '[,]',
    '{a: }',
    '[[], {}]',
    '[a',
  ],
  ...[
    '{on: a}',
    '[~, .5, 1]',
    '{a: {b: {c: d}}}',
    'nginx:1.2',
    'a: b',
    'a:',
    'a #b',
    'a#b',
    ':a',
    '$(A)',
    '/a b',
    '&x a',
  ],
  ...[
    '*x',
    '!!str a',
    '|',
    '>-',
    '%a',
    '@a',
    '`a',
    'a,b',
    'é',
    '"é"',
    '😀',
    '"😀"',
    '#a',
    '# a',
    '...',
    '---',
    'a ',
    '"a" ',
    '<<',
  ],
)
const END = fc.constantFrom(
  '\n',
  '\n',
  '\n',
  '\n',
  '\n',
  '\r\n',
  ' # c\n',
  '  # é\n',
  '#c\n',
  '\n\n',
  '\n# c\n',
  '\n  # c\n',
  ' \n',
  '\n \n',
)
const LINES = fc.array(
  fc.tuple(INDENT, DASH, KEY, SCALAR, END).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 6 },
)
/** What lines mostly look like, so that several of them make a document. */
const TAME = fc.array(
  fc
    .tuple(
      fc.constantFrom('', '', '  ', '  ', '    '),
      fc.constantFrom('', '', '- '),
      fc.constantFrom('a:', 'b:', 'c:', 'd:', 'e:'),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        { weight: 3, arbitrary: SCALAR.map((scalar) => ` ${scalar}`) },
      ),
      fc.constantFrom('\n', '\n', '\n', '\r\n', ' # c\n', '\n\n'),
    )
    .map((parts) => parts.join('')),
  { minLength: 1, maxLength: 9 },
)

test('the same over random lines, many of them odd (B-3)', () => {
  let read = 0
  fc.assert(
    fc.property(fc.oneof(LINES, TAME, TAME), fc.boolean(), (lines, isWhole) => {
      const text = lines.join('')
      if (agrees(isWhole ? text : text.trimEnd())) read += 1
    }),
    { numRuns: 20_000 },
  )
  expect(read).toBeGreaterThan(1500)
})

test('lines that never end take no more time than others', () => {
  const long = (part: string) => part.repeat(300_000 / part.length)
  for (const part of ['a', ' ', '- ', 'a ', 'a: ', '#', '"', '[', '{a: ', '\n', ' \n', '#\n', '-\n', ': '])
    expect(() => [
      readEveryday(long(part)),
      readEveryday(`a: ${long(part)}`),
      readEveryday(`- "${long(part)}`),
    ]).not.toThrow()
})
