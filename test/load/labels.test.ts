import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { codesOf, load, object, policyOf, policyText, workloadOf } from './manifests.js'

/** Names that every JavaScript object answers to, all of them legal label keys. */
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'toLocaleString']

const podText = (labels: string) => `apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: x
  labels: ${labels}
`

describe('label keys that objects inherit are keys like others', () => {
  test.each(INHERITED)('%s: absent is absent', (key) => {
    const cluster = load(`${podText('{app: a}')}---\n${policyText(`spec: {podSelector: {matchLabels: {${key}: v}}}`)}`)
    expect(workloadOf(cluster, 'x/Pod/a').pods[0]?.labels.has(key)).toBe(false)
    expect(check(cluster, { from: '8.8.8.8', to: 'x/a:80' }).verdict).toBe('allow')
  })

  test.each(INHERITED)('%s: present is present', (key) => {
    const spec = `spec: {podSelector: {matchExpressions: [{key: ${key}, operator: Exists}]}}`
    const cluster = load(`${podText(`{${key}: v}`)}---\n${policyText(spec)}`)
    expect([...(workloadOf(cluster, 'x/Pod/a').pods[0]?.labels ?? [])]).toEqual([[key, 'v']])
    expect(check(cluster, { from: '8.8.8.8', to: 'x/a:80' }).verdict).toBe('deny')
    expect(check(cluster, { from: '8.8.8.8', to: `x/${key}=v:80` }).verdict).toBe('deny')
  })

  test.each(INHERITED)('B-4: %s is no field of a policy', (key) => {
    expect(codesOf(load(policyText(`spec: {podSelector: {}, ${key}: {}}`)), 'error')).toEqual(['NP008'])
    expect(codesOf(load(policyText(`spec: {podSelector: {${key}: x}}`)), 'error')).toEqual(['NP008'])
  })

  test.each(['YAML', 'JSON'])('__proto__ as a key of labels is an error in %s', (format) => {
    const json = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"__proto__":"x"}}}'
    const cluster = load(format === 'JSON' ? json : podText('{__proto__: x}'))
    expect(codesOf(cluster, 'error')).toEqual(['NP006'])
    expect(cluster.answerable).toBe(false)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('B-31, B-1: label values', () => {
  test('B-31: a blank value is the empty text, with a warning', () => {
    const cluster = load(podText('\n    app:\n    tier: ""'))
    expect([...(workloadOf(cluster, 'x/Pod/a').pods[0]?.labels ?? [])]).toEqual([
      ['app', ''],
      ['tier', ''],
    ])
    expect(cluster.diagnostics.filter(({ code }) => code === 'NP113')).toMatchObject([
      { severity: 'warning', line: 7, column: 5, path: 'metadata.labels' },
    ])
  })

  test('B-31: a blank value of a selector selects the empty value only', () => {
    const [requirement] = policyOf(load(policyText('spec: {podSelector: {matchLabels: {app: }}}'))).subject.requirements
    expect(requirement).toEqual({ key: 'app', operator: 'In', values: [''] })
  })

  test.each(['true', '1', '1.10', 'on', 'y', '010', '[]', '{}'])('B-1: %s is no text', (value) => {
    expect(codesOf(load(podText(`{app: ${value}}`)), 'error')).toEqual(['NP009'])
  })

  test.each(['"true"', "'1'", 'v1', '2024-01-01', '1_0_x', 'a.b_c-d', '22:22', 'Yes.'])('B-1: %s is text', (value) => {
    // Text, but for the last two no label value (B-31).
    const expected = /[:.]\d*$/.test(value) ? ['NP021'] : []
    expect(codesOf(load(podText(`{app: ${value}}`)), 'error')).toEqual(expected)
  })

  test('B-12: labels and annotations of every kind that is read, all errors at once', () => {
    const metadata = { name: 'a', labels: { 'a/b/c': 'x', app: 'no good' }, annotations: { '/x': 'y', n: 1 } }
    // Answers rest on the labels of these two; what is wrong with others is no reason to give none.
    for (const [kind, severity] of [
      ['Pod', 'error'],
      ['Namespace', 'error'],
      ['Service', 'warning'],
      ['Node', 'warning'],
    ] as const) {
      const { diagnostics } = load([{ apiVersion: 'v1', kind, metadata }])
      expect(diagnostics.map((said) => `${said.severity} ${said.code} ${said.path ?? ''}`)).toEqual([
        `${severity} NP020 metadata.labels`,
        `${severity} NP021 metadata.labels`,
        'warning NP020 metadata.annotations',
        'warning NP009 metadata.annotations',
      ])
    }
  })

  test('B-12: the prefix of an annotation may have capital letters, that of a label may not', () => {
    const of = (field: string) =>
      load([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', [field]: { 'Example.com/x': 'y' } } }])
    expect(codesOf(of('annotations'), 'error')).toEqual([])
    expect(codesOf(of('labels'), 'error')).toEqual(['NP020'])
  })
})

describe('A-27: the name label of a namespace is its name', () => {
  test('it is added', () => {
    const cluster = load([object('v1', 'Namespace', 'shop')])
    expect([...(cluster.namespaces.get('shop')?.labels ?? [])]).toEqual([['kubernetes.io/metadata.name', 'shop']])
    expect(codesOf(cluster)).toEqual([])
  })

  test('another value is replaced, with a warning', () => {
    const labels = { 'kubernetes.io/metadata.name': 'other', team: 'a' }
    const cluster = load([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } }])
    expect(cluster.namespaces.get('shop')?.labels.get('kubernetes.io/metadata.name')).toBe('shop')
    expect(cluster.namespaces.get('shop')?.labels.get('team')).toBe('a')
    expect(codesOf(cluster)).toEqual(['NP114'])
  })
})
