import { describe, expect, test } from 'vitest'
import { check, type Cluster } from '../../src/index.js'
import { codesOf, load, policyOf, policyText } from './manifests.js'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x, labels: {app: a}}\n'
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n'
const TYPO = policyText('spec: {podselector: {matchLabels: {app: b}}, policyTypes: [Ingress]}')
const INVALID = policyText('spec: {podSelector: {}, policyTypes: [ingress]}')
const TWICE = policyText('spec: {podSelector: {}, policyTypes: [Ingress], policyTypes: [Egress]}')
const WARNED = policyText('spec: {podSelector: {}, policyTypes: []}')

const all = (...texts: readonly string[]) => [NAMESPACE, POD, ...texts].join('---\n')
const verdictOf = (cluster: Cluster) => check(cluster, { from: '8.8.8.8', to: 'x/a:80' }).verdict

describe('by default a mistake keeps every question from being answered', () => {
  test.each([
    ['B-4: an unknown field', TYPO, 'NP008'],
    ['B-36: an invalid value', INVALID, 'NP024'],
    ['B-5: a key that stands twice', TWICE, 'NP004'],
  ])('%s', (_, text, code) => {
    const cluster = load(all(text))
    expect(codesOf(cluster, 'error')).toEqual([code])
    expect(cluster).toMatchObject({ answerable: false, incomplete: true, inventory: { used: 2, error: 1 } })
    expect(verdictOf(cluster)).toBeNull()
  })

  test('a warning keeps nothing', () => {
    const cluster = load(all(WARNED))
    expect(codesOf(cluster, 'warning')).toEqual(['NP106'])
    expect(cluster).toMatchObject({ answerable: true, incomplete: false })
    expect(verdictOf(cluster)).toBe('deny')
  })
})

describe('--lenient', () => {
  test('B-4: an unknown field is dropped with a warning that says what becomes of the policy', () => {
    const cluster = load(all(TYPO), { lenient: true })
    const dropped = cluster.diagnostics.find(({ code }) => code === 'NP008')
    expect(dropped).toMatchObject({ severity: 'warning', path: 'spec.podselector' })
    expect(dropped?.help).toContain('would select every pod')
    expect(policyOf(cluster).subject.requirements).toEqual([])
    expect(cluster).toMatchObject({ answerable: true, incomplete: false, inventory: { used: 3, error: 0 } })
  })

  test('B-8, F-290: a misspelt policyTypes falls back to the default', () => {
    const cluster = load(all(policyText('spec: {podSelector: {}, policyType: [Egress]}')), { lenient: true })
    expect(policyOf(cluster).isolates).toEqual({ ingress: true, egress: false })
    expect(codesOf(cluster, 'warning')).toEqual(['NP008'])
  })

  test('F-289: a misspelt from makes the rule allow everybody', () => {
    const cluster = load(all(policyText('spec: {podSelector: {}, ingress: [{form: [{podSelector: {}}]}]}')), {
      lenient: true,
    })
    expect(cluster.policies[0]?.rules.ingress).toEqual([{ peers: [], ports: [] }])
    expect(codesOf(cluster, 'warning')).toEqual(['NP008'])
  })

  test('B-5: of a key that stands twice the last counts, with a warning', () => {
    const cluster = load(all(TWICE), { lenient: true })
    expect(cluster.diagnostics).toMatchObject([
      { code: 'NP004', severity: 'warning', object: 'NetworkPolicy x/p', path: 'spec.policyTypes' },
    ])
    expect(policyOf(cluster).isolates).toEqual({ ingress: false, egress: true })
  })

  test('B-5: where kubectl would keep either by chance, nothing is forgiven', () => {
    const chance = policyText('spec: {podSelector: {}}\n1: a\n"1": b')
    const cluster = load(all(chance), { lenient: true })
    expect(codesOf(cluster, 'error')).toContain('NP004')
    expect(cluster.answerable).toBe(false)
  })

  test('other mistakes stay what they are', () => {
    expect(codesOf(load(all(INVALID), { lenient: true }), 'error')).toEqual(['NP024'])
  })
})

describe('--strict', () => {
  test('every warning is an error', () => {
    const cluster = load(all(WARNED), { strict: true })
    expect(codesOf(cluster, 'error')).toEqual(['NP106'])
    expect(cluster.answerable).toBe(false)
  })

  test('remarks about the whole input are warnings as well', () => {
    const nobody = policyText('spec: {podSelector: {matchLabels: {app: nope}}}')
    expect(codesOf(load(all(nobody), { strict: true }), 'error')).toEqual(['NP115'])
  })

  test('an info stays an info', () => {
    const idle = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: x}\nspec: {replicas: 0, template: {}}\n`
    const cluster = load(all(`${idle}---\n${policyText('spec: {podSelector: {}}')}\n`), { strict: true })
    expect(codesOf(cluster, 'info')).toEqual(['NP129'])
    expect(cluster.answerable).toBe(true)
  })

  test('with --lenient what was forgiven is an error again', () => {
    expect(codesOf(load(all(TYPO), { strict: true, lenient: true }), 'error')).toContain('NP008')
  })
})

describe('--keep-going', () => {
  test.each([
    ['an object with errors', INVALID],
    ['a document that cannot be read', 'kind: NetworkPolicy\nspec: ['],
    ['a key that stands twice', TWICE],
  ])('%s is left out, and the answer says so', (_, text) => {
    const cluster = load(all(text), { keepGoing: true })
    expect(cluster).toMatchObject({ answerable: true, incomplete: true, policies: [] })
    expect(codesOf(cluster, 'error')).not.toEqual([])
    expect(check(cluster, { from: '8.8.8.8', to: 'x/a:80' })).toMatchObject({ verdict: 'allow', incomplete: true })
  })

  test('a warning leaves nothing out', () => {
    expect(load(all(WARNED), { keepGoing: true })).toMatchObject({ incomplete: false, policies: [{ name: 'p' }] })
  })

  test('with nothing left there is no answer', () => {
    expect(load(INVALID, { keepGoing: true }).workloads).toEqual([])
    expect(verdictOf(load(INVALID, { keepGoing: true }))).toBeNull()
  })
})

test('B: all errors of an object are told at once, with the place of each', () => {
  const text = policyText(`spec:
  podSelector: {matchLabels: {a: b c}}
  ingress:
  - from: [{}]
    ports: [{port: 0}, {port: 80, protocol: tcp}]
  policyTypes: [ingress]
`)
  const places = load(all(text)).diagnostics.map(({ code, line, column }) => `${code} ${line ?? 0}:${column ?? 0}`)
  expect(places).toEqual(['NP021 15:34', 'NP017 18:20', 'NP016 18:45', 'NP014 17:12', 'NP024 19:17'])
})
