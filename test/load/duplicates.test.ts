import { LIVE } from '../support/live.js'
import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { apartFromPolicies, codesOf, idsOf, load, object } from './manifests.js'

function policy(spec: object, metadata: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'x', ...metadata },
    spec: { podSelector: {}, ...spec },
  }
}

/** Two objects in two files. */
function twice(first: object, second: object, options = {}) {
  return parseCluster(
    [
      { file: 'base/a.yaml', text: JSON.stringify(first) },
      { file: 'prod/b.yaml', text: `# the second\n---\n${JSON.stringify(second)}` },
    ],
    options,
  )
}

describe('B-11: an object that stands twice with the same meaning is one', () => {
  test.each([
    ['word for word', {}, {}],
    ['with the default policyTypes', {}, { policyTypes: ['Ingress'] }],
    ['with nulls', { ingress: null }, { ingress: [], egress: [] }],
    [
      'with the default protocol',
      { ingress: [{ ports: [{ port: 80 }] }] },
      { ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }] },
    ],
    ['with a blank selector', {}, { podSelector: { matchLabels: {} } }],
    [
      'with labels in another order',
      { podSelector: { matchLabels: { a: 'b', c: 'd' } } },
      { podSelector: { matchLabels: { c: 'd', a: 'b' } } },
    ],
  ])('%s', (_, first, second) => {
    const cluster = twice(policy(first), policy(second))
    expect(codesOf(cluster, 'error')).toEqual([])
    expect(cluster.policies).toHaveLength(1)
    expect(cluster.inventory).toMatchObject({ files: 2, used: 2, error: 0 })
  })

  test('with what a cluster adds (D-30)', () => {
    const live = policy({}, { uid: 'u', resourceVersion: '1', creationTimestamp: null, annotations: { a: 'b' } })
    expect(codesOf(twice(policy({}), live), 'error')).toEqual([])
  })

  test.each([
    ['Deployment', { spec: { template: { metadata: { labels: { app: 'a' } } } } }],
    ['NetworkPolicy', { spec: { podSelector: {} } }],
    ['Service', { spec: { ports: [{ port: 80 }] } }],
  ])('a %s whose own labels differ', (kind, rest) => {
    const apiVersion = { Deployment: 'apps/v1', NetworkPolicy: 'networking.k8s.io/v1', Service: 'v1' }[kind]
    const release = (version: string) => {
      const labels = { 'app.kubernetes.io/version': version }
      return { apiVersion, kind, metadata: { name: 'a', namespace: 'x', labels, annotations: { version } }, ...rest }
    }
    expect(codesOf(twice(release('1.1'), release('1.2')), 'error')).toEqual([])
  })

  test('A-2: with the namespace written or not', () => {
    const written = object('v1', 'Pod', 'shop/a')
    const cluster = twice(written, object('v1', 'Pod', 'a'), { namespace: 'shop' })
    expect(codesOf(cluster, 'error')).toEqual([])
    expect(idsOf(cluster)).toEqual(['shop/Pod/a'])
  })
})

describe('B-11: with another meaning it is refused', () => {
  const conflict = twice(policy({}), policy({ policyTypes: ['Egress'] }))

  test('both places are told, and how to keep one', () => {
    expect(conflict.diagnostics).toMatchObject([
      {
        code: 'NP025',
        object: 'NetworkPolicy x/p',
        file: 'prod/b.yaml',
        line: 3,
        column: 1,
        message: 'already defined at base/a.yaml:1:1 with different content',
        help: 'several overlays loaded? read only one of them: --exclude prod/b.yaml, which leaves out all of that file',
      },
    ])
    expect(conflict.answerable).toBe(false)
  })

  test('the document counts as an error', () => {
    expect(conflict.inventory).toMatchObject({ used: 1, error: 1 })
  })

  test('in one file another remedy is told', () => {
    const { diagnostics } = load([policy({}), policy({ policyTypes: ['Egress'] })])
    expect(diagnostics[0]?.help).not.toContain('-f')
  })

  test.each([
    ['the kind', object('v1', 'Pod', 'x/p'), object('v1', 'Service', 'x/p')],
    ['the namespace', object('v1', 'Pod', 'x/p'), object('v1', 'Pod', 'y/p')],
    ['the name', object('v1', 'Pod', 'x/p'), object('v1', 'Pod', 'x/q')],
  ])('%s tells objects apart', (_, first, second) => {
    expect(codesOf(apartFromPolicies(twice(first, second)))).toEqual([])
  })

  test.each([
    ['v1', 'Pod', { metadata: { name: 'a', labels: { x: 'y' } } }, { metadata: { name: 'a', labels: { x: 'z' } } }],
    ['v1', 'Namespace', { metadata: { name: 'a', labels: { x: 'y' } } }, { metadata: { name: 'a' } }],
    [
      'v1',
      'Node',
      { metadata: { name: 'a' } },
      { metadata: { ...LIVE, name: 'a' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } },
    ],
    [
      'v1',
      'Pod',
      { metadata: { ...LIVE, name: 'a' }, status: { podIP: '10.0.0.1' } },
      { metadata: { ...LIVE, name: 'a' }, status: { podIP: '10.0.0.2' } },
    ],
  ])('%s %s', (apiVersion, kind, first, second) => {
    expect(codesOf(twice({ apiVersion, kind, ...first }, { apiVersion, kind, ...second }), 'error')).toEqual(['NP025'])
  })
})

describe('B-9: every object with a generateName is another one', () => {
  const generated = (labels: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'run-', namespace: 'x', labels },
  })

  test('they get numbers that no other name has', () => {
    const objects = [
      generated({ a: 'b' }),
      object('v1', 'Pod', 'x/run-1'),
      generated({ a: 'c' }),
      generated({ a: 'b' }),
    ]
    const cluster = load(objects)
    expect(codesOf(cluster, 'error')).toEqual([])
    expect(idsOf(cluster)).toEqual(['x/Pod/run-1', 'x/Pod/run-2', 'x/Pod/run-3', 'x/Pod/run-4'])
  })

  test('a name wins over a generateName', () => {
    const metadata = { name: 'a', generateName: 'b-' }
    expect(idsOf(load([{ apiVersion: 'v1', kind: 'Pod', metadata }]))).toEqual(['default/Pod/a'])
  })

  test('a policy is called so as well', () => {
    const { policies } = load([policy({}, { name: undefined, generateName: 'p-' })])
    expect(policies.map(({ name }) => name)).toEqual(['p-1'])
  })

  test('a generateName that could not begin a name is refused', () => {
    expect(load([policy({}, { name: undefined, generateName: 'P_' })]).diagnostics).toMatchObject([
      { code: 'NP011', path: 'metadata.generateName' },
    ])
  })
})
