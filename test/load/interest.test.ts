import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readParsed } from '../../src/load/documents/read-document.js'
import { decidesNothing } from '../../src/load/documents/relevance.js'
import type { Inherited } from '../../src/load/documents/relevance.js'

const skips = (text: string, format: 'yaml' | 'json' = 'yaml', file = 'a.yaml', inherited?: Inherited) =>
  decidesNothing(text, { file, format, inherited })

const NOTHING = {
  fate: 'irrelevant',
  objects: [],
  diagnostics: [],
  otherPolicies: [],
  incomplete: false,
  kustomization: null,
}

function expectNothing(text: string, format: 'yaml' | 'json' = 'yaml', file = 'a.yaml'): void {
  for (const options of [{}, { lenient: true }, { strict: true, keepGoing: true }]) {
    const read = readParsed({ text, line: 1, format }, file, options)
    // What is no YAML may have been an object of any kind; whoever needs to know parses it after all.
    if (read.unparsed === null) expect(read).toMatchObject(NOTHING)
  }
}

describe('a document is skipped without parsing', () => {
  test.each([
    ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  b: |\n    c: [\n'],
    ['a Secret as kubectl prints it', 'apiVersion: v1\ndata:\n  a: Yg==\nkind: Secret\nmetadata:\n  name: a\n'],
    ['the item of a list', '  apiVersion: v1\n  kind: "ConfigMap"\n  data:\n    a: b\n'],
    [
      'a role',
      'kind: Role # of a reader\napiVersion: rbac.authorization.k8s.io/v1\nrules:\n- verbs: [get]\n- verbs: [list]\n',
    ],
    ['with carriage returns', 'apiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: b\r\n'],
    ['the values of a chart', 'image:\n  tag: v1\nreplicas: 3\n'],
    ['a resource of somebody else', "apiVersion: 'example.com/v1'\nkind: Widget\nspec: {a: b}\n"],
  ])('%s', (_, text) => {
    expect(skips(text)).toBe(true)
    expectNothing(text)
  })

  test('JSON that is no object of Kubernetes', () => {
    const text = '{"name": "x", "dependencies": {"y": "1"}}'
    expect(skips(text, 'json', 'package.json')).toBe(true)
    expectNothing(text, 'json', 'package.json')
  })
})

describe('a document is parsed', () => {
  test.each([
    ['a policy', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n'],
    ['a policy of another system', 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\n'],
    ['a misspelt kind', 'apiVersion: v1\nkind: Pods\n'],
    ['a list', 'apiVersion: v1\nkind: SecretList\nitems: []\n'],
    ['a quoted key', 'apiVersion: v1\n"kind": Pod\nx: 1\n'],
    ['escapes in a key', 'apiVersion: v1\n"k\\u0069nd": "P\\u006fd"\nx: 1\n'],
    ['flow style', '{apiVersion: v1, kind: Foo}\n'],
    ['an anchor', 'apiVersion: v1\nkind: &a ConfigMap\n'],
    ['a merge key', 'x: &x {kind: Thing}\n<<: *x\napiVersion: v1\n'],
    ['two kinds', 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\n'],
    ['a kind that goes on below', 'apiVersion: v1\nkind: Config\n  Map\n'],
    ['a kind that goes on after a comment', 'apiVersion: v1\nkind: Config\n\n  # x\n  Map\n'],
    ['a kind that is a block', 'apiVersion: v1\nkind: >-\n  ConfigMap\n'],
    ['a kind that is no text', 'apiVersion: v1\nkind: On\nmetadata: {}\nspec: {}\n'],
    ['a kind in brackets that begin above', 'apiVersion: v1\nx: [\nkind: ConfigMap\n]\n'],
    ['a tab', 'apiVersion: v1\nkind:\tConfigMap\n'],
    ['a lone carriage return', 'apiVersion: v1\nkind: ConfigMap\rx: y\n'],
    ['a template', 'apiVersion: v1\nkind: ConfigMap\ndata: {{ .x }}\n'],
    ['a control character', 'apiVersion: v1\nkind: ConfigMap\ndata: \x07\n'],
    ['a text that mentions a pod', 'apiVersion: v1\nkind: ConfigMap\ndata: {a: "kind: Pod"}\n'],
    ['an object whose kind was forgotten', 'apiVersion: v1\nmetadata: {}\nspec: {}\n'],
    ['a list of objects whose kind was forgotten', 'items: [{metadata: {}, spec: {}}]\n'],
    [
      'a list of things whose kind was forgotten',
      'x: "\nkind: Thing\ny: "\nitems: [{apiVersion: v1, kind: Thing, spec: {}}]\n',
    ],
    ['a policy whose kind was forgotten', 'apiVersion: networking.k8s.io/v1\nx: {}\n'],
    ['nothing', '# kind: none\n'],
    ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: a\n'],
  ])('%s', (_, text) => {
    expect(skips(text)).toBe(false)
  })

  test('a kustomization without a kind', () => {
    expect(skips('namePrefix: a\n', 'yaml', 'x/kustomization.yaml')).toBe(false)
  })

  test('the item of a list that says what it is', () => {
    expect(skips('metadata:\n  name: a\n', 'yaml', 'a.yaml', { kind: 'Pod', apiVersion: 'v1' })).toBe(false)
  })
})

/** Lines and pieces that make texts of every odd kind, most of them broken. */
const LINES = fc.constantFrom(
  'apiVersion: v1',
  'apiVersion: apps/v1',
  'apiVersion: example.com/v1',
  'apiVersion: networking.k8s.io/v1',
  '"apiVersion": v1',
  'kind: ConfigMap',
  'kind: Thing',
  'kind: Pod',
  'kind: NetworkPolicy',
  'kind: Pods',
  'kind: On',
  'kind: List',
  'kind: ThingList',
  '"kind": Pod',
  "'kind': Pod",
  'kind : Pod',
  '"k\\u0069nd": Pod',
  '? kind',
  ': Pod',
  'kind:',
  'kind: &k Thing',
  'kind: !!str Pod',
  'kind: >-',
  'kind: # c',
  'kind:\tPod',
  'metadata: {}',
  'metadata:',
  'spec: {}',
  'spec:',
  'items:',
  'items: []',
  'items: [{apiVersion: v1, kind: Thing, metadata: {}}]',
  '- {apiVersion: v1, kind: Thing, spec: {}}',
  '- {metadata: {}, spec: {}}',
  '- ',
  '-',
  '- a',
  '- kind: Thing',
  '- {kind: Thing}',
  'x: "',
  '"',
  "y: '",
  "'",
  'z: [',
  ']',
  'w: {',
  '}',
  '{',
  '}, {',
  'v: |',
  'u: >',
  '# kind: Pod',
  '# c',
  '',
  ' ',
  '\t',
  '...',
  '---x',
  '%YAML 1.2',
  '<<: *a',
  'x: &a {kind: Thing}',
  '*a',
  '&a',
  'null',
  '~',
  'text',
  'a: b: c',
  'a: \\',
  '{{ x }}',
  '\u2028',
  '\ufeff',
  '\x07',
  '\u200b',
  'name: a',
  'sops: {mac: a}',
  'kind: ENC[x]',
  'k8s.io/v1',
  'namePrefix: a',
)
const INDENTS = fc.constantFrom('', '', '', '', ' ', '  ', '    ', '\t', '- ', '  - ')
const BREAKS = fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\r\n', '\r')
const TEXTS = fc
  .array(fc.tuple(INDENTS, LINES, BREAKS), { minLength: 1, maxLength: 9 })
  .map((lines) => lines.map((line) => line.join('')).join(''))

/** Texts that are nearly everyday objects, so that many of them are skipped. */
const EVERYDAY = fc
  .tuple(
    fc.constantFrom(
      'apiVersion: v1\nkind: ConfigMap\n',
      'kind: Thing\napiVersion: a.b/v1\n',
      'apiVersion: v1\nx: "y\n',
      'a: b\n',
      'w: "\nkind: Thing\nv: "\nitems:\n',
    ),
    TEXTS,
    fc.constantFrom('', 'kind: Thing\n', 'metadata:\n  name: a\n', '  "\n', '"\n'),
  )
  .map((parts) => parts.join(''))

describe('a document that is skipped comes to nothing when it is parsed', () => {
  test('over random texts', () => {
    let skipped = 0
    fc.assert(
      fc.property(fc.oneof(TEXTS, EVERYDAY), fc.constantFrom('a.yaml', 'kustomization.yaml'), (text, file) => {
        if (!skips(text, 'yaml', file)) return
        skipped += 1
        expectNothing(text, 'yaml', file)
      }),
      { numRuns: 30_000 },
    )
    expect(skipped).toBeGreaterThan(500)
  })

  test('over random JSON', () => {
    const keys = fc.constantFrom('kind', 'k\\u0069nd', 'metadata', 'spec', 'items', 'x')
    const values = fc.constantFrom(
      '"Pod"',
      '{}',
      '[]',
      '1',
      '"{{ x }}"',
      'null',
      '{"kind": "Pod"}',
      '[{"metadata": {}, "spec": {}}]',
    )
    const members = fc.array(fc.tuple(keys, values), { maxLength: 4 })
    const texts = members.map((list) => `{${list.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`)
    fc.assert(
      fc.property(texts, (text) => {
        if (skips(text, 'json')) expectNothing(text, 'json')
      }),
      { numRuns: 2000 },
    )
  })
})
