import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../src/syntax/text/value.js'
import { evaluate } from '../../src/syntax/yaml/evaluate.js'
import { isPlainYaml } from '../../src/syntax/yaml/fast-path.js'
import { compose, parseYaml } from '../../src/syntax/yaml/parse-yaml.js'
import { refusal } from './refusal.js'
import { processorTime } from '../support/processor-time.js'

const read = (text: string) => parseYaml(text, { duplicateKeys: 'error' })

/** The value of a text in which there is nothing to say. */
function valueOf(text: string): Value | undefined {
  const { value, problems } = read(text)
  expect(problems).toEqual([])
  return value
}

const refusalOf = (text: string) => refusal(read(text))

describe('grammar', () => {
  const rows = readFileSync('fixtures/readers/grammar.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as { yaml: string; json: Value })
  const readings = rows.map(({ yaml, json }) => ({ yaml, json, ...read(yaml) }))

  test('no text is read otherwise than kubectl reads it', () => {
    expect(readings.filter(({ value, json }) => value !== undefined && canonical(value) !== canonical(json))).toEqual(
      [],
    )
  })

  test('every refusal has a place', () => {
    const unplaced = readings.filter(
      ({ yaml, value, problems }) =>
        value === undefined && !problems.some(({ position: { line } }) => line >= 1 && line <= yaml.split('\n').length),
    )
    expect(unplaced).toEqual([])
  })

  test('what we refuse and kubectl reads does not grow', () => {
    const counts = new Map<string, number>()
    for (const { value, json, problems } of readings) {
      if (value !== undefined || json === null) continue
      const [problem] = problems
      const kind = `${problem?.code ?? ''} ${problem?.message.replace(/`.*`/g, '…').replace(/\d+/g, 'N') ?? ''}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    expect(Object.fromEntries([...counts].toSorted())).toMatchInlineSnapshot(`
      {
        "NP003 found the end of the line, the tag is not valid": 2,
        "NP003 found … or the end of the list or mapping": 188,
        "NP003 found …, expected an entry at the indentation of its neighbours": 5,
        "NP003 found …, expected an escape that YAML knows": 1,
        "NP003 found …, expected the end of the line": 7,
        "NP003 found …, the tag is not valid": 10,
        "NP003 the merge key … expects a mapping, or a list of mappings": 1,
        "NP004 duplicate key …, first at line N, column N of the document": 104,
        "NP006 YAML readers differ in what they read here": 95,
        "NP006 expected an anchor and a tag on one line": 1,
        "NP006 expected the value on the line of its anchor or tag": 3,
        "NP006 found a tab before the content of the line, expected spaces": 4,
        "NP006 found an escaped line end before an empty line, which Kubernetes keeps and other readers do not": 4,
        "NP006 found …, an escape that Kubernetes refuses": 1,
        "NP006 the anchor … only, and a blank after it": 4,
        "NP006 the list goes on at another indentation after an empty item": 7,
        "NP006 the tag …": 54,
        "NP006 the tag … has no meaning to Kubernetes": 11,
        "NP009 found …, expected a number that JSON can hold": 6,
      }
    `)
  })

  test('the fast way and the exact way agree wherever the fast way is taken', () => {
    const plain = rows.filter(({ yaml }) => isPlainYaml(yaml))
    expect(plain.length).toBeGreaterThan(200)
    for (const { yaml } of plain) {
      const tree = compose(yaml)
      const exact = 'nodes' in tree ? evaluate(tree, { duplicateKeys: 'error' }).value : undefined
      expect([yaml, read(yaml).value]).toEqual([yaml, exact])
    }
  })
})

/** JSON with the keys of mappings in order; a mapping that was read and one that was not differ. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_key, part: Value) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

describe('keys', () => {
  test.each([
    ['on: 1', 'true'],
    ['0x10: 1', '16'],
    ['9007199254740993: 1', '9007199254740993'],
    ['1.50: 1', '1.5'],
    ['"on": 1', 'on'],
    ['2001-01-01: 1', '2001-01-01'],
    ['? a\n: 1', 'a'],
    ['constructor: 1', 'constructor'],
    ['toString: 1', 'toString'],
  ])('%j has the key %j', (text, key) => {
    expect(Object.keys(valueOf(text) ?? {})).toEqual([key])
  })

  test.each([
    ['~: 1', 'NP003 1:1 found `~` as a key, expected text'],
    ['a:\n  null: 1', 'NP003 2:3 found `null` as a key, expected text'],
    ['x: {{a: b}: c}', 'NP003 1:5 found a mapping as a key, expected text'],
    ['x: {[a]: c}', 'NP003 1:5 found a list as a key, expected text'],
    ['? \n: 1', 'NP003 1:1 empty key'],
    ['1e6: 1', 'NP003 1:1 found `1e6` as a key, expected text'],
    ['18446744073709551615: 1', 'NP003 1:1 found `18446744073709551615` as a key, expected text'],
    [`${'k'.repeat(1025)}: 1`, 'NP003 1:1 the key is longer than 1024 characters'],
    ['a:\n  __proto__: {b: c}', 'NP006 2:3 the key `__proto__` is not allowed'],
    ['a: {"\\x5f_proto__": 1}', 'NP006 1:5 the key `__proto__` is not allowed'],
  ])('%j is refused', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test('B-5, D-24: a key that stands twice is an error at the second that names the first', () => {
    expect(refusalOf('spec:\n  ingress: []\n  egress: []\n  ingress: []\n')).toBe(
      'NP004 4:3 duplicate key `ingress`, first at line 2, column 3 of the document',
    )
  })

  test('leniently the last one wins, with a warning', () => {
    const { value, problems } = parseYaml('a: 1\nb: 2\na: 3\n', { duplicateKeys: 'last' })
    expect(value).toEqual({ a: 3, b: 2 })
    expect(problems).toMatchObject([{ code: 'NP004', severity: 'warning', position: { line: 3, column: 1 } }])
  })

  test('of keys of two types kubectl keeps either, so there is no last one', () => {
    expect(parseYaml('1: a\n"1": b\n', { duplicateKeys: 'last' }).value).toBeUndefined()
  })

  test('many warnings never hide an error', () => {
    const text = `${'a: 1\n'.repeat(100)}__proto__: 1\n`
    expect(parseYaml(text, { duplicateKeys: 'last' }).value).toBeUndefined()
  })
})

describe('D-23: aliases', () => {
  test('are resolved', () => {
    expect(valueOf('a: &x {b: [1, 010]}\nc: *x\nd: &y "010"\ne: *y\n')).toEqual({
      a: { b: [1, 8] },
      c: { b: [1, 8] },
      d: '010',
      e: '010',
    })
  })

  test('a name may be set again, but not inside its own value', () => {
    expect(valueOf('a: &x 1\nb: *x\nc: &x 2\nd: *x\n')).toEqual({ a: 1, b: 1, c: 2, d: 2 })
    expect(refusalOf('a: &x [&x 1]\n')).toMatch(/^NP006 1:4 the anchor `x` is set again/)
  })

  test.each([
    ['a: *x', 'NP003 1:4 the alias names an anchor that is not defined before it'],
    ['a: &x [*x]', 'NP005 1:8 the alias is inside the value that it names'],
    ['x: &x 1\na: &x {b: *x}', 'NP005 2:11 the alias is inside the value that it names'],
    ['a: &x.y 1', 'NP006 1:4 the anchor `x.y` may have letters, digits, `-` and `_` only, and a blank after it'],
    ['a: &x\n  |\n  text\n', 'NP006 1:4 expected the value on the line of its anchor or tag'],
  ])('%j is refused', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test('the bound is on what they expand to, as in kubectl, and on their depth', () => {
    const chain = (length: number, width: number) =>
      Array.from(
        { length },
        (_, i) =>
          `a${i}: &a${i} [${Array(width)
            .fill(i === 0 ? 'x' : `*a${i - 1}`)
            .join(', ')}]\n`,
      )
    expect(refusalOf(chain(5, 9).join(''))).toBe('NP005 4:25 the aliases of the document expand to too many values')
    expect(refusalOf(chain(70, 1).join(''))).toBe(
      'NP005 64:12 with this alias the document is nested more than 64 levels deep',
    )
    expect(read(chain(60, 1).join('')).problems).toEqual([])
  })
})

describe('D-23: merge keys', () => {
  test.each([
    ['x: &x {a: 1}\nm:\n  <<: *x\n  b: 2\n', { a: 1, b: 2 }],
    ['x: &x {a: 1}\nm:\n  <<: *x\n  a: 2\n', { a: 2 }],
    ['x: &x {a: 1}\nm:\n  a: 1\n  <<: *x\n', { a: 1 }],
    ['x: &x {a: 1, b: 1}\nz: &z {b: 2, c: 2}\nm:\n  <<: [*x, *z]\n', { a: 1, b: 1, c: 2 }],
    ['x: &x {a: 1}\nm:\n  "<<": *x\n', { '<<': { a: 1 } }],
    ['m:\n  <<: {a: 1}\n', { a: 1 }],
  ])('%j', (text, merged) => {
    expect(valueOf(text)).toMatchObject({ m: merged })
    expect(Object.keys((valueOf(text) as { m: object }).m).toSorted()).toEqual(Object.keys(merged).toSorted())
  })

  test('where readers differ in which value they keep, there is no answer', () => {
    const message = 'the merge key sets `a` again, and YAML readers differ in which value they keep'
    expect(refusalOf('x: &x {a: 1}\nm:\n  a: 2\n  <<: *x\n')).toBe(`NP006 4:3 ${message}`)
    expect(refusalOf('x: &x {a: 1}\nz: &z {a: 2}\nm:\n  <<: *x\n  <<: *z\n')).toBe(`NP006 5:3 ${message}`)
  })

  test.each(['<<: 1', '<<: *x', '<<:', '<<: [1]'])('%j merges nothing that can be merged', (entry) => {
    expect(refusalOf(`x: &x [1]\nm:\n  ${entry}\n`)).toMatch(/^NP003 3:\d+ the merge key `<<` expects a mapping/)
  })
})

describe('what two readers read differently is refused at its place', () => {
  test.each([
    ['a: 1\u2028b: 2', 'NP006 1:5 U+2028: Kubernetes ends the line here, other YAML readers do not'],
    ['a: "\u0085"', 'NP006 1:5 U+0085: Kubernetes ends the line here, other YAML readers do not'],
    ['a: 1\n\ufeffb: 2', 'NP006 2:1 U+FEFF: a byte order mark is inside the text, expected only at its start'],
    ['a: 1\n...\nb: 2', 'NP006 3:1 Kubernetes ignores what follows `...`'],
    ['%YAML 1.2\n---\na: 1', 'NP006 1:1 the directive `%YAML 1.2` is not understood by Kubernetes'],
    ['--- a: 1', 'NP006 1:1 found `--- a: 1`, expected `---` alone on its line'],
    ['a: 1\n---\nb: 2', 'NP006 2:1 found `---`, expected `---` alone on its line'],
    ['a: {k:}', 'NP006 1:5 YAML readers differ in what they read here'],
    ['a: [?k]', 'NP006 1:5 YAML readers differ in what they read here'],
    [
      'a: !x b',
      'NP006 1:4 the tag `!x` cannot be used here: expected no tag, or one of `!!str`, `!!int`, `!!float`, `!!bool`, `!!null` and `!!binary`',
    ],
    ['a: !!set {b, c}', 'NP006 1:4 the tag `!!set` has no meaning to Kubernetes'],
    [
      "a: !!js/function 'x'",
      'NP006 1:4 the tag `!!js/function` cannot be used here: expected no tag, or one of `!!str`, `!!int`, `!!float`, `!!bool`, `!!null` and `!!binary`',
    ],
    ['a: "\\ud83d\\ude00"', 'NP006 1:5 found `\\ud83d`, an escape that Kubernetes refuses'],
    ['a: "x\\/y"', 'NP006 1:6 found `\\/`, an escape that Kubernetes refuses'],
    ['a: 1\n\t\nb: 2', 'NP006 2:1 found a tab before the content of the line, expected spaces'],
    ['a:\n- \tb', 'NP006 2:3 found a tab before the content of the line, expected spaces'],
    ['- - \n- a', 'NP006 2:1 the list goes on at another indentation after an empty item'],
    ['a: "x\ny" b: c', 'NP006 2:4 expected the end of the line here'],
    ['a: 1\r\r\nb: 2', 'NP006 1:5 a carriage return too many ends the line'],
    ['a: .inf', 'NP009 1:4 found `.inf`, expected a number that JSON can hold'],
    ['a: "\0"', 'NP002 1:5 U+0000: control characters are not allowed'],
    ['a: 1 # \u009b', 'NP002 1:8 U+009B: control characters are not allowed'],
  ])('%j', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test('the same escapes are text where they are no escapes', () => {
    expect(valueOf('a: \'\\ud83d\'\nb: |\n  "\\ud83d \\/"\nc: \\ud83d\n')).toEqual({
      a: '\\ud83d',
      b: '"\\ud83d \\/"\n',
      c: '\\ud83d',
    })
  })

  test('tabs are text in block scalars and quotes, and blanks between brackets and before comments', () => {
    expect(valueOf('a: |\n  x\n  \ty\nb: "x\n\ty"\nc: [\n\td ]\t# e\n')).toEqual({ a: 'x\n\ty\n', b: 'x y', c: ['d'] })
  })

  test('invisible and direction-changing characters are warned of', () => {
    const { value, problems } = read('a: x\u202ey # 👩\u200d💻\n')
    expect(value).toEqual({ a: 'x\u202ey' })
    expect(problems).toMatchObject([{ code: 'NP130', severity: 'warning', position: { line: 1, column: 5 } }])
    expect(valueOf('a: 👩\u200d💻\n')).toEqual({ a: '👩\u200d💻' })
  })
})

describe('everyday YAML', () => {
  test.each([
    ['', null],
    ['# nothing\n', null],
    ['---\n', null],
    ['a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    ['args: [\n  a\n]\n', { args: ['a'] }],
    ['a:\n- b\n-\n- c', { a: ['b', null, 'c'] }],
    ['a: >-\n  x\n  y\n\n  z\n', { a: 'x y\nz' }],
    ['a: [b: c, d]', { a: [{ b: 'c' }, 'd'] }],
    ['a: 1\n...\n# end\n', { a: 1 }],
  ])('%j', (text, value) => {
    expect(valueOf(text)).toEqual(value)
  })
})

describe('messages say what was found and what was expected', () => {
  test.each([
    ['a: b: c', 'NP003 1:5 found `: c`, expected an entry at the indentation of its neighbours'],
    ['a:\n  b: 1\n c: 2', 'NP003 3:2 found `c: 2`, expected an entry at the indentation of its neighbours'],
    ['a: 1\nb\n', 'NP003 2:1 found `b`, expected `key: value`'],
    ['a: [1, 2', 'NP003 1:9 a `[` or `{` is never closed'],
    ["a: 'x", 'NP003 1:6 a quote is never closed'],
    ['a: *', 'NP003 1:5 found the end of the document, expected a name after `&` or `*`'],
    ['a: "\\q"', 'NP003 1:6 found `q"`, expected an escape that YAML knows'],
    ['spec:\n\ta: 1', 'NP003 2:1 found a tab in the indentation, expected spaces'],
  ])('%j', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })
})

describe('hostile texts are refused at their place in half a second', () => {
  const million = 1_000_000
  test.each([
    ['a list in a million lists', '['.repeat(million), 'NP005 1:'],
    ['a mapping in many mappings', '{a: '.repeat(250_000), 'NP005 1:'],
    ['lists in lists by dashes', '- '.repeat(500_000), 'NP005 1:'],
    ['keys of keys', '? '.repeat(500_000), 'NP005 1:'],
    ['mappings by indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), 'NP005 '],
    [
      'an alias bomb',
      [
        'a: &a [x]\n',
        ...Array.from(
          'bcdefghi',
          (name, i) =>
            `${name}: &${name} [${Array(10)
              .fill(`*${'abcdefgh'.charAt(i)}`)
              .join(',')}]\n`,
        ),
      ].join(''),
      'NP005 ',
    ],
    ['an alias in itself', 'a: &a\n  b: *a\n', 'NP005 2:6'],
    [
      'merges over and over',
      `a: &a {${Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join(', ')}}\nb:\n${'- <<: *a\n'.repeat(10_000)}`,
      'NP005 ',
    ],
    ['one key over and over', 'a: 1\n'.repeat(20_000), 'NP004 2:1'],
    ['a key for the prototype', 'a: {__proto__: {b: c}}\n', 'NP006 1:5'],
    ['commas', `a: [${','.repeat(million)}`, 'NP003 1:5'],
    ['a quote that never ends', `a: "${'x'.repeat(million)}`, 'NP003 '],
    ['separators inside', 'a: 1\n---\n'.repeat(50_000), 'NP006 2:1'],
    ['tabs', '\t\n'.repeat(50_000), 'NP006 1:1'],
    ['anchors on anchors', '&a '.repeat(300_000), 'NP003 1:4'],
  ])('%s', (_name, text, refusal) => {
    let said = ''
    const took = processorTime(() => {
      said = refusalOf(text)
    })
    expect(said.slice(0, refusal.length)).toBe(refusal)
    expect(took).toBeLessThan(5000)
  })
})
