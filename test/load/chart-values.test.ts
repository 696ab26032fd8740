import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'

const SHOP = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec: {podSelector: {}}
`
const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec: {chart: {spec: {chart: shop}}}
`

function load(file: string, text: string, beside: readonly [string, string]) {
  const { answerable, incomplete, diagnostics } = parseCluster([
    { file: 'k8s/shop.yaml', text: SHOP },
    { file: beside[0], text: beside[1] },
    { file, text },
  ])
  const said = diagnostics.flatMap(({ code, severity, file: where, message, help }) =>
    where === file ? [`${severity} ${code} ${message}; ${help ?? ''}`] : [],
  )
  return { answerable, incomplete, said }
}

const ofChart = (file: string, text: string) => load(file, text, ['charts/shop/Chart.yaml', CHART])
const words = (what: string, command: string) =>
  `warning NP139 values of a ${what}, not an object: they were left out; render the chart with them: ${command} | netpol-sim … -f -`

describe('NP139: values of a chart are called that', () => {
  test.each([
    ['a kind alone', 'kind: Deployment\nreplicas: 2\n'],
    ['a kind and metadata', 'kind: Deployment\nmetadata: {labels: {}}\nspec: {}\n'],
    ['the kind of a policy, for an addon to make', 'kind: NetworkPolicy\nenabled: true\n'],
    ['an apiVersion for templates to use', 'apiVersion: networking.k8s.io/v1\nenabled: true\n'],
    ['keys as of an object', 'metadata: {labels: {}}\nspec: {replicas: 1}\n'],
    ['what looks like a patch', 'apiVersion: apps/v1\nkind: Deployment\nreplicas: 1\n'],
  ])('%s', (_, text) => {
    const expected = { answerable: true, incomplete: false, said: [words('chart', 'helm template charts/shop')] }
    expect(ofChart('charts/shop/values.yaml', text)).toEqual(expected)
  })

  test.each(['values-prod.yaml', 'prod-values.yml', 'values.prod.yaml'])('%s is named in the command', (name) => {
    const file = `charts/shop/${name}`
    expect(ofChart(file, 'kind: Deployment\n').said).toEqual([words('chart', `helm template charts/shop -f ${file}`)])
  })

  test('beside a HelmRelease, whose chart is elsewhere', () => {
    const { said, answerable } = load('apps/values.yaml', 'kind: NetworkPolicy\n', ['apps/release.yaml', RELEASE])
    expect([answerable, said]).toEqual([true, [words('HelmRelease', 'helm template … -f apps/values.yaml')]])
  })
})

describe('what is not certainly values stays what it is', () => {
  const broken = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelecter: {}}\n'

  test('a policy that a cluster refuses stops the run, whatever its file is called', () => {
    expect(ofChart('charts/shop/values.yaml', broken).answerable).toBe(false)
  })

  test('a whole object counts', () => {
    const more = SHOP.replaceAll('name: web', 'name: api').replaceAll('name: p,', 'name: q,')
    expect(ofChart('charts/shop/values.yaml', more)).toEqual({ answerable: true, incomplete: false, said: [] })
  })

  test.each([
    ['another name', 'charts/shop/policy.yaml'],
    ['another folder', 'k8s/values.yaml'],
  ])('%s', (_, file) => {
    const { answerable, said } = ofChart(file, 'kind: NetworkPolicy\nspec: {}\n')
    expect([answerable, said.map((text) => text.slice(0, 11))]).toEqual([false, ['error NP010']])
  })
})
