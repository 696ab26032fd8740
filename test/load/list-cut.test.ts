import type { ReadDocument } from '../../src/load/documents/document-result.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { together } from '../../src/load/documents/document-result.js'
import { readDocument, readItem, readParsed } from '../../src/load/documents/read-document.js'
import type { TextDocument } from '../../src/load/documents/split.js'
import { cutList, wholeList } from '../../src/load/documents/list.js'
import { load } from './manifests.js'

/** What was read, with the places of it. */
function facts({ fate, objects, otherPolicies, incomplete, kustomization }: ReadDocument) {
  return {
    fate,
    objects: objects.map(({ kind, name, source }) => ({
      kind,
      name,
      places: [['metadata', 'name'], ['spec'], ['metadata', 'labels', 'a']].map((path) => source.locate(path)),
    })),
    otherPolicies,
    incomplete,
    kustomization,
  }
}

const yaml = (text: string): TextDocument => ({ text, line: 4, format: 'yaml' })

function expectAlike(document: TextDocument): void {
  const whole = readParsed(document, 'a.yaml', {})
  const cut = readDocument(document, 'a.yaml', {})
  if (whole.fate === 'error') expect(['error', 'template']).toContain(cut.fate)
  else if (whole.fate === 'template') expect(cut).toMatchObject({ fate: 'template', incomplete: whole.incomplete })
  else expect(facts(cut)).toEqual(facts(whole))
}

const ITEMS = fc.constantFrom(
  '- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n    labels: {a: b}\n',
  '- metadata:\n    name: b\n  spec: {}\n',
  '- {apiVersion: v1, kind: Pod, metadata: {name: c}}\n',
  '-\n  apiVersion: v1\n  kind: Namespace\n  metadata: {name: d}\n',
  '-   kind: Service\n    apiVersion: v1\n    metadata:\n      name: e\n    spec: {}\n',
  '# c\n\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    x: |\n      - kind: Pod\n      items:\n',
  '- apiVersion: cilium.io/v2\n  kind: CiliumNetworkPolicy\n  metadata: {name: f}\n',
  '- apiVersion: v1\n  kind: PodList\n  items:\n  - metadata: {name: g}\n  - metadata: {name: h}\n',
  '- "a"\n',
  '- null\n',
  '-\n',
  '- [a]\n',
  '- &a {apiVersion: v1, kind: Pod, metadata: {name: i}}\n',
  '- *a\n',
  '- x: "\n- y: "\n',
  "  - z: '\n",
  '- x: [\n- ]\n',
  '- x: {\n',
  '-\tkind: Pod\n',
  '  x: y\n',
  '---x\n',
  '...\n',
  '{{ x }}\n',
  '- {{ x }}\n',
  '- kind: Pod\n  kind: Pod\n',
  '- apiVersion: v1\r\n  kind: Pod\r\n  metadata: {name: k}\r\n',
  '\r',
  '- x: \u2028\n',
  '- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata: {name: l}\n  spec: {podSelector: {}}\n',
  '- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: "\n',
  '- apiVersion: v1\n  kind: ConfigMap\n  data: [\n',
  '- apiVersion: v1\n  kind: ConfigMap\n  data:\n   a: b\n  c:\n d: e\n',
  '  x: "\n',
)
const HEADS = fc.constantFrom(
  'apiVersion: v1\nkind: List\nitems:\n',
  'apiVersion: v1\nitems:\n',
  'apiVersion: v1\nkind: PodList\nitems: # c\n\n# c\n',
  'items:\n',
  'apiVersion: v1\nkind: List\nx: |\n  items:\n  - a\nitems:\n',
  'apiVersion: v1\nkind: List\nitems: []\nitems:\n',
  'apiVersion: v1\nkind: List\nnote: "\nitems:\n',
  'apiVersion: v1\nkind: List\nnote: [\nitems:\n',
)
const TAILS = fc.constantFrom(
  '',
  'kind: List\n',
  'metadata:\n  resourceVersion: ""\n',
  '# c\n',
  'items: []\n',
  'kind: PodList\nmetadata: {}\n',
  `z: '"\nitems:\n# '\n`,
  'z: "\n',
  ']\n',
)

describe('a list that is cut at its items says what it says whole', () => {
  test('in YAML, over random lists, most of them odd', () => {
    let cut = 0
    fc.assert(
      fc.property(
        HEADS,
        fc.array(ITEMS, { minLength: 1, maxLength: 4 }),
        TAILS,
        fc.boolean(),
        (head, items, tail, deep) => {
          const body = items.join('')
          const document = yaml(head + (deep ? body.replace(/^(?=[^\n])/gm, '  ') : body) + tail)
          if (cutList(document) !== null) cut += 1
          expectAlike(document)
        },
      ),
      { numRuns: 6000 },
    )
    expect(cut).toBeGreaterThan(500)
  })

  test('in JSON', () => {
    const pieces = fc.constantFrom(
      '{"apiVersion": "v1", "kind": "Pod",\n "metadata": {"name": "a"}}',
      ' {"metadata": {"name": "b", "labels": {"a": "]},{"}}}',
      '{"apiVersion": "v1", "kind": "ConfigMap", "data": {"kind": "Pod"}}',
      '1',
      'null',
      '[]',
      '{"a": 1, "a": 2}',
      '{"a": {}',
      '{}',
      '{"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "c"}}]}',
    )
    const joints = fc.constantFrom(',', ',', ',', ',\n  ', '', ' ', ',,')
    const heads = fc.constantFrom(
      '{"apiVersion": "v1", "kind": "List", "items": [',
      '{\n  "apiVersion": "v1",\n  "items": [\n',
      '{"kind": "List", "items": [], "items": [',
      '{"apiVersion": "v1", "kind": "PodList", "metadata": {"items": [1]}, "items": [',
    )
    const tails = fc.constantFrom(
      ']}',
      '], "kind": "List"}',
      '\n], "kind": "PodList"}\n',
      ',]}',
      ']',
      '], "Items": [], "kind": "List"}',
    )
    let wholes = 0
    let cuts = 0
    fc.assert(
      fc.property(heads, fc.array(fc.tuple(pieces, joints), { maxLength: 4 }), tails, (head, list, tail) => {
        const body = list.map(([piece, joint], index) => piece + (index === list.length - 1 ? '' : joint)).join('')
        const document: TextDocument = { text: head + body + tail, line: 2, column: 3, format: 'json' }
        expectAlike(document)
        if (wholeList(document, 'a.yaml') !== null) {
          wholes += 1
          const items = (cutList(document) ?? []).map((item) => readItem(item, 'a.yaml', {}))
          expect(facts(together(items))).toEqual(facts(readDocument(document, 'a.yaml', {})))
        } else if (cutList(document) !== null) cuts += 1
      }),
      { numRuns: 4000 },
    )
    expect(wholes).toBeGreaterThan(30)
    expect(cuts).toBeGreaterThan(30)
  })
})

describe('items of a list', () => {
  const LIST = `apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a}
- apiVersion: v1
  kind: Pod
  metadata: {name: b
- apiVersion: v1
  kind: Pod
  metadata: {name: c}
  metadata: {name: c}
kind: List
`

  test('that are broken are errors at their place, and hide no other', () => {
    const cluster = load(LIST, { keepGoing: true })
    expect(cluster.workloads.map(({ id }) => id)).toEqual(['default/Pod/a'])
    expect(cluster.diagnostics).toMatchObject([
      { code: 'NP003', line: 9 },
      {
        code: 'NP004',
        line: 12,
        column: 3,
        object: 'Pod default/c',
        path: 'metadata',
        severity: 'warning',
        message: 'duplicate key `metadata`, first at line 11, column 3 of the document; the Pod was left out',
      },
    ])
    expect(cluster).toMatchObject({ incomplete: true, inventory: { error: 1, used: 0 } })
  })

  test('of JSON that share a line have their columns', () => {
    const pod = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "A"}}'
    const cluster = load(`{"apiVersion": "v1", "kind": "List", "items": [${pod}, ${pod}]}`)
    expect(cluster.diagnostics.map(({ line, column }) => [line, column])).toEqual([
      [1, 105],
      [1, 169],
    ])
  })
})

describe('the limit of one object (NP028)', () => {
  const large = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  x:\n${`  - ${'y'.repeat(90)}\n`.repeat(34_000)}`

  test('counts each item of a list by itself', () => {
    const policy = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "pNUMBER", "annotations": {"a": "TEXT"}}}'
    const pods = [1, 2].map((number) => policy.replace('NUMBER', String(number)).replace('TEXT', 'x'.repeat(2 ** 21)))
    const list = `{"apiVersion": "v1", "kind": "List", "items": [${pods.join(', ')}]}`
    expect(load(list).inventory).toMatchObject({ used: 1, error: 0 })
  })

  test('is an error with its place, that another limit lifts', () => {
    const cluster = load(`---\n# c\n---\n${large}`)
    expect(cluster.diagnostics).toMatchObject([
      {
        code: 'NP028',
        severity: 'error',
        line: 4,
        message: 'the object is larger than 3 MiB',
        help: 'raise the limit with `--max-input`',
      },
    ])
    expect(load(large, { maxInput: 2 ** 23 }).inventory).toMatchObject({ used: 1, error: 0 })
  })

  test('documents have one of their number as well', () => {
    const cluster = load('---\n'.repeat(1_000_002))
    expect(cluster.diagnostics).toMatchObject([
      { code: 'NP028', line: 1_000_002, message: 'there are too many documents' },
    ])
    expect(cluster).toMatchObject({ answerable: false, incomplete: true })
  })

  test('is none for what decides nothing', () => {
    expect(load(large.replace('kind: Pod', 'kind: ConfigMap')).inventory).toMatchObject({ irrelevant: 1, error: 0 })
  })
})
