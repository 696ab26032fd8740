import { describe, expect, test } from 'vitest'
import { codesOf, load, object } from './manifests.js'

const NAMESPACES = [
  object('v1', 'Namespace', 'x'),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'y', labels: { team: 'y' } } },
]
const pod = (id: string, app: string) => {
  const [namespace, name] = id.split('/')
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name, labels: { app } } }
}
const TEAM = { namespaceSelector: { matchLabels: { team: 'y' } } }
const API = { podSelector: { matchLabels: { app: 'api' } } }
const BLOCK = { ipBlock: { cidr: '10.0.0.0/8' } }

const policy = (spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec })
const from = (...peers: readonly object[]) => policy({ podSelector: {}, ingress: [{ from: peers }] })
const read = (...objects: readonly object[]) => load([...NAMESPACES, pod('x/web', 'web'), ...objects])
const THERE = pod('y/api', 'api')

describe('NP133 (A-23): two peers were probably meant as one', () => {
  test.each([
    ['the namespace first', from(TEAM, API), 'podSelector', 'spec.ingress[0].from[1]'],
    ['the pods first', from(API, TEAM), 'namespaceSelector', 'spec.ingress[0].from[1]'],
    ['behind another peer', from(BLOCK, TEAM, API), 'podSelector', 'spec.ingress[0].from[2]'],
    ['all namespaces', from({ namespaceSelector: {} }, API), 'podSelector', 'spec.ingress[0].from[1]'],
    [
      'egress',
      policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{}, { to: [TEAM, API] }] }),
      'podSelector',
      'spec.egress[1].to[1]',
    ],
  ])('%s', (_, asking, second, path) => {
    const { diagnostics } = read(asking, THERE)
    expect(diagnostics.map(({ code, severity, path: at }) => [code, severity, at])).toEqual([
      ['NP133', 'warning', path],
    ])
    expect(diagnostics[0]?.help).toContain(`the dash before \`${second}\``)
  })

  test.each([
    ['one entry', from({ ...TEAM, ...API }), [THERE]],
    ['the own namespace has such pods', from(TEAM, API), [THERE, pod('x/api', 'api')]],
    ['those namespaces have no such pods', from(TEAM, API), [pod('y/db', 'db')]],
    ['every pod of the own namespace', from(TEAM, { podSelector: {} }), [THERE]],
    ['not side by side', from(TEAM, BLOCK, API), [THERE]],
    ['in two rules', policy({ podSelector: {}, ingress: [{ from: [TEAM] }, { from: [API] }] }), [THERE]],
    ['two podSelectors', from(API, API), [THERE]],
  ])('not for this: %s', (_, asking, others) => {
    expect(codesOf(read(asking, ...others))).toEqual([])
  })

  test('not where the direction is ignored; --strict makes it an error', () => {
    const ignored = policy({ podSelector: {}, policyTypes: ['Egress'], ingress: [{ from: [TEAM, API] }] })
    expect(codesOf(read(ignored, THERE))).toEqual(['NP104'])
    expect(load([...NAMESPACES, from(TEAM, API), THERE], { strict: true }).answerable).toBe(false)
  })

  test('not where a controller may add the label that is asked for', () => {
    const hash = { podSelector: { matchLabels: { 'pod-template-hash': '5f' } } }
    const template = { metadata: { labels: { app: 'd' } } }
    const live = { ...THERE, metadata: { ...THERE.metadata, labels: { 'pod-template-hash': '5f' } } }
    const deployment = object('apps/v1', 'Deployment', 'x/d', { spec: { template } })
    expect(codesOf(read(from(TEAM, hash), live))).toEqual(['NP133'])
    expect(codesOf(read(from(TEAM, hash), live, deployment))).toEqual([])
  })
})

test('NP133: the label stands on a Job over there and not on its pods', () => {
  const job = (id: string, own: object, inner: object) =>
    object('batch/v1', 'Job', id, { spec: { template: { metadata: { labels: inner }, spec: {} } }, ...own })
  const labelled = (namespace: string) => ({ metadata: { namespace, name: 'j', labels: { app: 'api' } } })
  const { diagnostics } = read(from(TEAM, API), job('y/j', labelled('y'), { app: 'j' }))
  expect(diagnostics.map(({ code }) => code)).toEqual(['NP133'])
  expect(diagnostics[0]?.help).toMatch(
    /the dash before `podSelector`, and give its pod template the labels: only the Job/,
  )
  expect(codesOf(read(from(TEAM, API), job('x/j', labelled('x'), { app: 'j' })))).toEqual([])
})
