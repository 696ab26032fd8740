import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCluster, parseCluster, type Inventory } from '../../src/index.js'
import { apartFromPolicies, codesOf, load } from './manifests.js'

type Fate = Exclude<keyof Inventory, 'files'>

/** Documents and what becomes of each; names are numbered, so that none stands twice. */
const DOCUMENTS: Readonly<Record<string, readonly [Fate, (number: number) => string]>> = {
  policy: [
    'used',
    (n) => `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p${n}}\nspec: {podSelector: {}}`,
  ],
  pod: ['used', (n) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a${n}\n`],
  list: ['used', (n) => `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: l${n}}}`],
  mixedList: [
    'error',
    (n) => `apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: m${n}}\n- metadata: {name: M}`,
  ],
  configMap: ['irrelevant', (n) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${n}}\ndata: {a: "kind: Pod"}`],
  values: ['irrelevant', () => 'replicas: 3\nimage: {tag: v1}'],
  text: ['irrelevant', () => 'Thank you for installing.'],
  broken: ['irrelevant', () => 'a: [b'],
  emptyList: ['irrelevant', () => 'apiVersion: v1\nkind: List\nitems: []'],
  other: ['irrelevant', (n) => `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: o${n}}`],
  null: ['empty', () => 'null'],
  comment: ['empty', () => '# Source: chart/templates/x.yaml'],
  blank: ['empty', () => '\n  \n'],
  template: ['template', () => 'kind: Pod\n{{- if .Values.x }}\nmetadata:\n{{- end }}'],
  valueTemplate: ['template', () => 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}'],
  invalid: ['error', (n) => `apiVersion: v1\nkind: Pod\nmetadata: {name: INVALID${n}}`],
  brokenPod: ['error', () => 'kind: Pod\nmetadata: [a'],
  twice: ['error', () => 'apiVersion: v1\nkind: Pod\nmetadata: {name: t}\nmetadata: {name: t}'],
  oldVersion: ['error', (n) => `apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: v${n}}`],
  bareList: ['error', (n) => `- {apiVersion: v1, kind: Pod, metadata: {name: b${n}}}`],
}

/** Errors of pods, which are left out where there are others. */
const LEFT_OUT: ReadonlySet<string> = new Set(['mixedList', 'invalid', 'twice', 'brokenPod'])
const WITH_PODS: ReadonlySet<string> = new Set(['pod', 'list', 'mixedList'])

const NOTHING = { used: 0, irrelevant: 0, empty: 0, template: 0, error: 0 }
const kinds = fc.array(fc.constantFrom(...Object.keys(DOCUMENTS)), { minLength: 1, maxLength: 8 })

function textOf(kind: string, number: number): string {
  return DOCUMENTS[kind]?.[1](number) ?? ''
}

function counted(files: readonly (readonly string[])[]): Inventory {
  const inventory = { files: files.length, ...NOTHING }
  for (const kind of files.flat()) inventory[DOCUMENTS[kind]?.[0] ?? 'error']++
  return inventory
}

describe('inputs guide: every document is exactly one of used, irrelevant, empty, template or error', () => {
  test.each(Object.entries(DOCUMENTS))('%s', (kind, [fate]) => {
    const cluster = load(`---\n${textOf(kind, 1)}\n`)
    expect(cluster.inventory).toEqual({ files: 1, ...NOTHING, [fate]: 1 })
    if (fate === 'error' && !WITH_PODS.has(kind)) expect(codesOf(cluster, 'error')).not.toEqual([])
  })

  test('the sum is the number of documents, over random mixes and several files', () => {
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 1, maxLength: 4 }), (files) => {
        let number = 0
        const texts = files.map((documents) => documents.map((kind) => `---\n${textOf(kind, number++)}\n`).join(''))
        const cluster = parseCluster(texts)
        expect(cluster.inventory).toEqual(counted(files))
        const errors = cluster.diagnostics.filter(({ severity }) => severity === 'error')
        const used = files.flat()
        const hasPods = used.some((kind) => WITH_PODS.has(kind))
        const stops = used.some((kind) => DOCUMENTS[kind]?.[0] === 'error' && !(hasPods && LEFT_OUT.has(kind)))
        const hides = files.some(
          (kinds) =>
            kinds.findIndex((kind) => kind.startsWith('broken')) < kinds.lastIndexOf('policy') &&
            /broken/.test(kinds.join()),
        )
        expect(errors.length > 0).toBe(stops || hides || cluster.workloads.length + cluster.policies.length === 0)
        expect(cluster.incomplete || cluster.inventory.error === 0).toBe(true)
        expect(cluster.answerable).toBe(errors.length === 0)
      }),
    )
  })

  test('the sum is the number of documents, over random folders', () => {
    const root = mkdtempSync(join(tmpdir(), 'netpol-sim-inventory-'))
    let folders = 0
    try {
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.constantFrom('', 'a/', 'a/b/'), kinds), { maxLength: 6 }), (files) => {
          const folder = join(root, String(folders++))
          let number = 0
          for (const [index, [path, documents]] of files.entries()) {
            mkdirSync(join(folder, path), { recursive: true })
            const text = documents.map((kind) => `---\n${textOf(kind, number++)}\n`).join('')
            writeFileSync(join(folder, path, `${index}.yaml`), text)
          }
          mkdirSync(folder, { recursive: true })
          const { inventory } = loadCluster(folder, { keepGoing: true })
          expect(inventory).toEqual(counted(files.map(([, documents]) => documents)))
        }),
        { numRuns: 50 },
      )
    } finally {
      rmSync(root, { recursive: true })
    }
  })

  test('the order of files changes nothing about what was counted and read', () => {
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 2, maxLength: 4 }), (files) => {
        let number = 0
        const texts = files.map((documents, index) => ({
          file: `${index}.yaml`,
          text: documents.map((kind) => `---\n${textOf(kind, number++)}\n`).join(''),
        }))
        const facts = (all: typeof texts) => {
          const { inventory, workloads, policies, answerable, incomplete } = parseCluster(all)
          const names = policies.map(({ name }) => name).toSorted()
          return { inventory, ids: workloads.map(({ id }) => id), names, answerable, incomplete }
        }
        expect(facts(texts.toReversed())).toEqual(facts(texts))
      }),
    )
  })

  test.each([
    ['no text at all', ''],
    ['only comments', '# nothing\n'],
    ['only what decides nothing', 'apiVersion: v1\nkind: ConfigMap\n'],
    ['only templates', 'kind: Pod\nmetadata: {{ .x }}\n'],
  ])('NP027: %s is never a cluster without policies', (_, text) => {
    const cluster = load(text)
    expect(codesOf(cluster, 'error')).toEqual(['NP027'])
    expect(cluster.answerable).toBe(false)
    expect(load(text, { keepGoing: true }).answerable).toBe(false)
  })
})

describe('D-22: templates', () => {
  test('they are counted by folder, and make answers incomplete where their kind is used', () => {
    const template = 'kind: Pod\nmetadata: {name: {{ .x }}}\n'
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
    const cluster = parseCluster([
      { file: 'chart/templates/a.yaml', text: `${template}---\n${template}` },
      { file: 'chart/b.yaml', text: template },
      { file: 'c.yaml', text: pod },
    ])
    expect(
      apartFromPolicies(cluster).diagnostics.map(({ code, message, file }) => `${code} ${message} ${file ?? ''}`),
    ).toEqual([
      'NP101 2 unrendered templates were skipped chart/templates',
      'NP101 1 unrendered template was skipped chart',
    ])
    expect(cluster).toMatchObject({ incomplete: true, answerable: true })
  })

  test('a template of a kind that decides nothing leaves answers complete', () => {
    const text = 'kind: ConfigMap\n{{ .x }}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
    expect(load(text)).toMatchObject({ incomplete: false, inventory: { template: 1, used: 1 } })
  })

  test('braces in quotes and in other kinds are no template', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\ndata: {rule: "{{ $labels.x }}"}\n---
apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {alert: '{{ $value }}'}}\n`
    expect(load(text).inventory).toMatchObject({ irrelevant: 1, used: 1, template: 0 })
  })
})
