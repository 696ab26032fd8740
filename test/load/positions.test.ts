import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locate, locateKey, rawAt } from '../../src/syntax/locate.js'
import type { Path, Position } from '../../src/model/source.js'
import { processorTime } from '../support/processor-time.js'

const POLICY = `# a policy
kind: NetworkPolicy
spec:
  ingress:
  - from:
    - podSelector: {matchLabels: {app: "api", on: y}}
    -   # nothing
    - ipBlock:
        cidr:
          10.0.0.0/8
  -
  policyTypes: [Ingress,
    Egress]
  egress:
`

const at = (position: Position | null) => (position === null ? null : `${position.line}:${position.column}`)

describe('locate gives the place of a value', () => {
  test.each<[Path, string]>([
    [[], '2:1'],
    [['kind'], '2:7'],
    [['spec'], '4:3'],
    [['spec', 'ingress'], '5:3'],
    [['spec', 'ingress', 0], '5:5'],
    [['spec', 'ingress', 0, 'from', 0], '6:7'],
    [['spec', 'ingress', 0, 'from', 0, 'podSelector', 'matchLabels', 'app'], '6:40'],
    [['spec', 'ingress', 0, 'from', 0, 'podSelector', 'matchLabels', 'true'], '6:51'],
    [['spec', 'ingress', 0, 'from', 2, 'ipBlock', 'cidr'], '10:11'],
    [['spec', 'policyTypes', 1], '13:5'],
  ])('%j at %s', (path, place) => {
    expect(at(locate(POLICY, path))).toBe(place)
  })

  test('a value that was left out stands at its key, an item that was left out at its dash', () => {
    expect(at(locate(POLICY, ['spec', 'egress']))).toBe('14:3')
    expect(at(locate(POLICY, ['spec', 'ingress', 0, 'from', 1]))).toBe('7:5')
    expect(at(locate(POLICY, ['spec', 'ingress', 1]))).toBe('11:3')
  })

  test('what is not there is looked for at the nearest ancestor', () => {
    expect(at(locate(POLICY, ['spec', 'ingress', 0, 'ports', 0]))).toBe('5:5')
    expect(at(locate(POLICY, ['status']))).toBe('2:1')
    expect(at(locate(POLICY, ['spec', 'ingress', 9]))).toBe('5:3')
    expect(at(locate(POLICY, ['spec', 'constructor']))).toBe('4:3')
  })

  test('an alias stands where it is, what is in it where that is written, and a merged key to where it comes from', () => {
    const text = 'a: &a\n  b: {c: 1}\nd: *a\ne:\n  <<: *a\n  f: 2\ng:\n  <<: [*a]\n'
    expect(at(locate(text, ['d']))).toBe('3:4')
    expect(at(locate(text, ['d', 'b', 'c']))).toBe('2:10')
    expect(at(locate(text, ['e', 'b', 'c']))).toBe('2:10')
    expect(at(locate(text, ['g', 'b']))).toBe('2:6')
    expect(at(locate(text, ['e', 'f']))).toBe('6:6')
  })

  test('of keys that stand twice it is the last, as in kubectl', () => {
    expect(at(locate('a: 1\na: 2\n', ['a']))).toBe('2:4')
    expect(at(locate('{"a": 1, "a": 2}', ['a']))).toBe('1:15')
  })

  test('a pair in brackets is a mapping of its own', () => {
    expect(at(locate('a: [b: c]\n', ['a', 0]))).toBe('1:5')
    expect(at(locate('a: [b: c]\n', ['a', 0, 'b']))).toBe('1:8')
  })

  test('there is none in a text that does not parse, or says nothing', () => {
    expect(locate('a: [', ['a'])).toBeNull()
    expect(locate('# nothing\n', ['a'])).toBeNull()
  })

  test.each(['\n', '\r\n', '\r'])('lines end at %j', (lineEnd) => {
    expect(at(locate(POLICY.replaceAll('\n', lineEnd), ['spec', 'policyTypes', 1]))).toBe('13:5')
  })
})

describe('locateKey gives the place of a key', () => {
  test.each<[Path, string]>([
    [['spec', 'ingress'], '4:3'],
    [['spec', 'ingress', 0, 'from', 2, 'ipBlock', 'cidr'], '9:9'],
    [['spec', 'ingress', 0, 'from', 0, 'podSelector', 'matchLabels', 'app'], '6:35'],
    [['spec', 'ingress', 0], '5:5'],
    [['spec', 'nowhere'], '4:3'],
    [[], '2:1'],
  ])('%j at %s', (path, place) => {
    expect(at(locateKey(POLICY, path))).toBe(place)
  })
})

describe('in JSON', () => {
  const text = '{\n  "spec": {"ports": [\n    {"port": 80, "na\\u006de": "x"}, null\n  ]}\n}\n'

  test.each<[Path, string, string]>([
    [[], '1:1', '1:1'],
    [['spec'], '2:11', '2:3'],
    [['spec', 'ports', 0], '3:5', '3:5'],
    [['spec', 'ports', 0, 'port'], '3:14', '3:6'],
    [['spec', 'ports', 0, 'name'], '3:31', '3:18'],
    [['spec', 'ports', 1], '3:37', '3:37'],
    [['spec', 'ports', 2], '2:21', '2:21'],
  ])('%j stands at %s and its key at %s', (path, value, key) => {
    expect(at(locate(text, path))).toBe(value)
    expect(at(locateKey(text, path))).toBe(key)
  })

  test('a thousand messages about ten thousand objects take no longer than reading them', () => {
    const list = `{"items": [${Array.from({ length: 10_000 }, (_, i) => `{"port": ${i}, "name": "p${i}"}`).join(',\n')}]}`
    const took = processorTime(() => {
      for (let i = 0; i < 1000; i += 1) expect(locate(list, ['items', i * 10, 'port'])?.line).toBe(i * 10 + 1)
    })
    expect(took).toBeLessThan(2000)
  })
})

describe('rawAt gives a scalar as it is written', () => {
  test.each<[string, Path, string | null]>([
    ['port: 010  # c', ['port'], '010'],
    ['port: "010"', ['port'], '"010"'],
    ['ports: [8_0, 0b1]', ['ports', 1], '0b1'],
    ['a: &x 010\nb: *x', ['b'], '010'],
    ['a: !!str 010', ['a'], '010'],
    ['a: {b: 1}', ['a'], null],
    ['a:', ['a'], null],
    ['a: 1', ['b'], null],
    ['{"a": 1e3}', ['a'], '1e3'],
  ])('%j %j is %j', (text, path, raw) => {
    expect(rawAt(text, path)).toBe(raw)
  })
})

test('the place of every value begins with what the value is', () => {
  const value = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: 0, max: 999 }),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor', '7'), tie('node'), { minKeys: 1, maxKeys: 3 }),
    ),
  })).node
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('spec', 'x'), value, { minKeys: 1 }), (document) => {
      const text = blockYaml(document, 0)
      const lines = text.split('\n')
      for (const [path, leaf] of leavesOf(document, [])) {
        const place = locate(text, path)
        expect(lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1)).toBe(String(leaf))
      }
    }),
  )
})

/** Writes a value as YAML, a list at the indentation of its key. */
function blockYaml(value: unknown, indent: number): string {
  const margin = ' '.repeat(indent)
  if (Array.isArray(value)) return value.map((item) => `${margin}-\n${blockYaml(item, indent + 2)}`).join('')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, child]) =>
        typeof child === 'object' && child !== null
          ? `${margin}${key}:\n${blockYaml(child, Array.isArray(child) ? indent : indent + 1)}`
          : `${margin}${key}: ${String(child)}\n`,
      )
      .join('')
  }
  return `${margin}${String(value)}\n`
}

function leavesOf(value: unknown, path: Path): readonly (readonly [Path, unknown])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]))
  }
  return [[path, value]]
}
