import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { codesOf, idsOf, load, object, workloadOf } from './manifests.js'

const TEMPLATE = {
  metadata: { labels: { app: 'web' }, namespace: 'elsewhere', name: 'ignored' },
  spec: { containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] },
}

/** One workload of a kind, with more in the spec that holds the template. */
function workload(kind: string, more: object = {}): object {
  const spec = { template: TEMPLATE, ...more }
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : kind === 'ReplicationController' ? 'v1' : 'apps/v1'
  return {
    ...object(apiVersion, kind, 'x/web', { spec: kind === 'CronJob' ? { jobTemplate: { spec } } : spec }),
    metadata: { name: 'web', namespace: 'x', labels: { app: 'of-the-owner' } },
  }
}

const KINDS = [
  ['Deployment', ['pod-template-hash'], {}],
  ['ReplicaSet', [], {}],
  [
    'StatefulSet',
    ['controller-revision-hash'],
    { 'statefulset.kubernetes.io/pod-name': 'web-0', 'apps.kubernetes.io/pod-index': '0' },
  ],
  ['DaemonSet', ['controller-revision-hash', 'pod-template-generation'], {}],
  [
    'Job',
    ['controller-uid', 'batch.kubernetes.io/controller-uid'],
    { 'job-name': 'web', 'batch.kubernetes.io/job-name': 'web' },
  ],
  ['CronJob', ['job-name', 'batch.kubernetes.io/job-name', 'controller-uid', 'batch.kubernetes.io/controller-uid'], {}],
  ['ReplicationController', [], {}],
] as const

describe('D-2 to D-5: every kind that owns pods', () => {
  describe.each(KINDS)('%s', (kind, unpredictable, added) => {
    const cluster = load([workload(kind)])
    const [pod, ...more] = workloadOf(cluster, `x/${kind}/web`).pods

    test('D-5: a pod has the labels of the template, not of the owner, and those that the controller adds', () => {
      expect(more).toEqual([])
      expect(Object.fromEntries(pod?.labels ?? [])).toEqual({ app: 'web', ...added })
      expect(pod?.unpredictableLabels).toEqual(unpredictable)
    })

    test('D-5: it is in the namespace of the owner', () => {
      expect(pod?.namespace).toBe('x')
      expect([...cluster.namespaces.keys()]).toEqual(['x'])
    })

    test('D-9, D-11: it has the ports of the template, and no address, node or phase', () => {
      expect(pod).toMatchObject({
        ports: [{ name: 'http', protocol: 'TCP', port: 80 }],
        addresses: [],
        node: null,
        nodeAddresses: [],
        running: false,
        hostNetwork: false,
      })
    })

    test('D-8: hostNetwork comes from the template', () => {
      const template = { ...TEMPLATE, spec: { ...TEMPLATE.spec, hostNetwork: true } }
      const host = workloadOf(load([workload(kind, { template })]), `x/${kind}/web`)
      expect(host.pods.map(({ hostNetwork }) => hostNetwork)).toEqual([true])
    })

    test('without a template it is a patch: left out, and never an answer alone', () => {
      const { diagnostics, answerable, incomplete } = load([workload(kind, { template: null })])
      expect(diagnostics).toMatchObject([{ code: 'NP139', object: `${kind} x/web` }, { code: 'NP027' }])
      expect({ answerable, incomplete }).toEqual({ answerable: false, incomplete: true })
    })
  })

  test.each([
    ['Deployment', 'replicas', 3, 3],
    ['Deployment', 'replicas', null, 1],
    ['ReplicaSet', 'replicas', 2, 2],
    ['StatefulSet', 'replicas', 2, 2],
    ['ReplicationController', 'replicas', 2, 2],
    ['Job', 'parallelism', 4, 4],
    ['Job', 'replicas', 4, 1],
    ['CronJob', 'parallelism', 2, 2],
    ['DaemonSet', 'replicas', 2, null],
  ])('D-6: %s with %s: %s stands for %s pods', (kind, field, value, pods) => {
    const found = workloadOf(load([workload(kind, { [field]: value })]), `x/${kind}/web`)
    expect(found.replicas).toBe(pods)
    expect(found.pods.map(({ count }) => count)).toEqual([pods])
  })

  test.each([
    ['Deployment', 'replicas', 'spec.replicas'],
    ['StatefulSet', 'replicas', 'spec.replicas'],
    ['ReplicaSet', 'replicas', 'spec.replicas'],
    ['ReplicationController', 'replicas', 'spec.replicas'],
    ['Job', 'parallelism', 'spec.parallelism'],
    ['Job', 'completions', 'spec.completions'],
    ['CronJob', 'parallelism', 'spec.jobTemplate.spec.parallelism'],
    ['CronJob', 'completions', 'spec.jobTemplate.spec.completions'],
  ])('D-6: %s with a negative %s is refused', (kind, field, path) => {
    const cluster = load([workload(kind, { [field]: -5 })])
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP009', severity: 'error', path, object: `${kind} x/web` }])
    expect(cluster.diagnostics[0]?.message).toMatch(/Invalid value: `-5`: must be greater than or equal to 0$/)
    expect(cluster).toMatchObject({ workloads: [], answerable: false })
  })

  test('D-5: a StatefulSet whose pods are counted from below zero is refused', () => {
    const cluster = load([workload('StatefulSet', { ordinals: { start: -3 } })])
    const message = 'ordinals.start: Invalid value: `-3`: must be greater than or equal to 0'
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP009', path: 'spec.ordinals.start', message }])
    expect(codesOf(load([workload('StatefulSet', { ordinals: { start: 0 } })]))).toEqual([])
  })

  test('D-6, F-303: a workload that is scaled to zero is kept and flagged', () => {
    const cluster = load([workload('Deployment', { replicas: 0 })])
    expect(workloadOf(cluster, 'x/Deployment/web')).toMatchObject({ replicas: 0, pods: [{ count: 0 }] })
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP129', severity: 'info' }])
  })

  test('F-304: a hostPort alone is no host network', () => {
    const template = { spec: { containers: [{ ports: [{ containerPort: 80, hostPort: 8080 }] }] } }
    const cluster = load([workload('Deployment', { template })])
    expect(workloadOf(cluster, 'x/Deployment/web').pods[0]?.hostNetwork).toBe(false)
    expect(codesOf(cluster)).toEqual([])
  })
})

describe('B-42: the selector of a workload', () => {
  test.each([
    ['Deployment', { matchLabels: { app: 'web' } }, []],
    ['Deployment', { matchLabels: { app: 'api' } }, ['NP125']],
    ['Deployment', { matchLabels: { tier: 'x' } }, ['NP125']],
    ['Deployment', null, []],
    ['ReplicationController', { app: 'web' }, []],
    ['ReplicationController', { app: 'api' }, ['NP125']],
    ['ReplicationController', null, []],
    ['Job', { matchLabels: { 'controller-uid': 'x' } }, []],
  ])('%s with %j: %j; the labels of the template count', (kind, selector, codes) => {
    const cluster = load([workload(kind, { selector })])
    expect(codesOf(cluster)).toEqual(codes)
    expect(workloadOf(cluster, `x/${kind}/web`).pods[0]?.labels.get('app')).toBe('web')
  })
})

describe('D-5, F-284: labels that nobody can predict', () => {
  const policy = (key: string) =>
    object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: { matchLabels: { [key]: 'abc' } } } })

  test.each(KINDS.flatMap(([kind, keys]) => keys.map((key) => [kind, key] as const)))(
    '%s, %s: a policy that asks for it leaves the answer open',
    (kind, key) => {
      const cluster = load([workload(kind), policy(key)])
      const { certainty, flows } = check(cluster, { from: '8.8.8.8', to: `x/${kind}/web:80` })
      expect(certainty).toBe('indeterminate')
      expect(flows[0]?.notes.map(({ code }) => code)).toContain('label-unpredictable')
    },
  )

  test('a label that the template has itself is certain', () => {
    const cluster = load([workload('Deployment'), policy('app')])
    expect(check(cluster, { from: '8.8.8.8', to: 'x/web:80' }).certainty).toBe('certain')
  })
})

test('a Deployment and a StatefulSet of one name are two workloads, sorted by id', () => {
  expect(idsOf(load([workload('StatefulSet'), workload('Deployment')]))).toEqual([
    'x/Deployment/web',
    'x/StatefulSet/web',
  ])
})
