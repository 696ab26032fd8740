import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { codesOf, load, object, workloadOf } from './manifests.js'

const NAME = 'statefulset.kubernetes.io/pod-name'
const INDEX = 'apps.kubernetes.io/pod-index'
const COMPLETION = 'batch.kubernetes.io/job-completion-index'

function statefulSet(more: object = {}): object {
  return object('apps/v1', 'StatefulSet', 'x/db', {
    spec: { replicas: 3, template: { metadata: { labels: { app: 'db' } } }, ...more },
  })
}

function job(kind: string, more: object): object {
  const spec = { template: { metadata: { labels: { app: 'run' } } }, ...more }
  return object('batch/v1', kind, 'x/run', { spec: kind === 'CronJob' ? { jobTemplate: { spec } } : spec })
}

function policy(key: string, values: readonly string[], operator = 'In'): object {
  const podSelector = { matchExpressions: [{ key, operator, values }] }
  return object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector } })
}

/** The pods of a workload: name, the value of a label, and how many each stands for. */
function podsOf(objects: readonly object[], id: string, key: string): readonly string[] {
  return workloadOf(load(objects), id).pods.map(
    ({ name, labels, count }) => `${name} ${labels.get(key) ?? '-'} ${count ?? '?'}`,
  )
}

describe('D-6: the pods of a StatefulSet are told apart only when a selector asks', () => {
  test('no selector asks: they are one', () => {
    expect(podsOf([statefulSet()], 'x/StatefulSet/db', NAME)).toEqual(['db db-0 3'])
    expect(podsOf([statefulSet(), policy('app', ['db'])], 'x/StatefulSet/db', NAME)).toEqual(['db db-0 3'])
  })

  test.each([
    [NAME, ['db-0'], ['db-0 db-0 1', 'db db-1 2']],
    [NAME, ['db-1'], ['db-1 db-1 1', 'db db-0 2']],
    [NAME, ['db-2', 'db-0'], ['db-0 db-0 1', 'db-2 db-2 1', 'db-1 db-1 1']],
    [NAME, ['db-0', 'db-1', 'db-2'], ['db-0 db-0 1', 'db-1 db-1 1', 'db-2 db-2 1']],
    [NAME, ['db-3'], ['db db-0 3']],
    [NAME, ['other-0'], ['db db-0 3']],
    [INDEX, ['0'], ['db-0 db-0 1', 'db db-1 2']],
    [INDEX, ['7'], ['db db-0 3']],
  ])('%s in %j', (key, values, pods) => {
    expect(podsOf([statefulSet(), policy(key, values)], 'x/StatefulSet/db', NAME)).toEqual(pods)
  })

  test('NotIn asks as well, Exists does not', () => {
    expect(podsOf([statefulSet(), policy(NAME, ['db-1'], 'NotIn')], 'x/StatefulSet/db', NAME)).toHaveLength(2)
    expect(podsOf([statefulSet(), policy(NAME, [], 'Exists')], 'x/StatefulSet/db', NAME)).toEqual(['db db-0 3'])
  })

  test('a peer asks as well', () => {
    const spec = { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { [NAME]: 'db-1' } } }] }] }
    const peer = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec })
    expect(podsOf([statefulSet(), peer], 'x/StatefulSet/db', NAME)).toEqual(['db-1 db-1 1', 'db db-0 2'])
  })

  test('D-5: they are counted from spec.ordinals.start', () => {
    const from5 = statefulSet({ ordinals: { start: 5 } })
    expect(podsOf([from5], 'x/StatefulSet/db', INDEX)).toEqual(['db 5 3'])
    expect(podsOf([from5, policy(INDEX, ['6'])], 'x/StatefulSet/db', INDEX)).toEqual(['db-6 6 1', 'db 5 2'])
    expect(podsOf([from5, policy(INDEX, ['0'])], 'x/StatefulSet/db', INDEX)).toEqual(['db 5 3'])
  })

  test('one replica, and none', () => {
    expect(podsOf([statefulSet({ replicas: 1 }), policy(NAME, ['db-0'])], 'x/StatefulSet/db', NAME)).toEqual([
      'db db-0 1',
    ])
    expect(podsOf([statefulSet({ replicas: 0 }), policy(NAME, ['db-0'])], 'x/StatefulSet/db', NAME)).toEqual([
      'db db-0 0',
    ])
  })

  test('F-283: a policy on db-0 governs db-0 only', () => {
    const cluster = load([statefulSet(), policy(NAME, ['db-0'])])
    const verdicts = check(cluster, { from: '8.8.8.8', to: 'x/db:80' }).flows.map(
      ({ to, verdict }) => `${to.id} ${verdict}`,
    )
    expect(verdicts).toEqual([
      `x/StatefulSet/db{${INDEX}=0} deny`.replace(INDEX, NAME).replace('=0', '=db-0'),
      `x/StatefulSet/db{${NAME}=other} allow`,
    ])
    expect(check(cluster, { from: '8.8.8.8', to: 'x/db-0:80' }).verdict).toBe('deny')
  })

  test('a million replicas are not written out', () => {
    const many = [statefulSet({ replicas: 1_000_000 }), policy(NAME, ['db-999999'])]
    expect(podsOf(many, 'x/StatefulSet/db', NAME)).toEqual(['db-999999 db-999999 1', 'db db-0 999999'])
  })
})

describe('D-5, D-6: indexed Jobs', () => {
  test.each(['Job', 'CronJob'])('%s: the index is a label, told apart when a selector asks', (kind) => {
    const indexed = job(kind, { completionMode: 'Indexed', parallelism: 2, completions: 2 })
    expect(podsOf([indexed], `x/${kind}/run`, COMPLETION)).toEqual(['run 0 2'])
    expect(podsOf([indexed, policy(COMPLETION, ['1'])], `x/${kind}/run`, COMPLETION)).toEqual([
      'run-1 1 1',
      'run-0 0 1',
    ])
  })

  test('indexes go as far as the completions, not only the pods of one moment', () => {
    const indexed = job('Job', { completionMode: 'Indexed', parallelism: 1, completions: 5 })
    const cluster = load([indexed, policy(COMPLETION, ['3'])])
    expect(workloadOf(cluster, 'x/Job/run').pods.map(({ labels }) => labels.get(COMPLETION))).toEqual(['3', '0'])
    expect(codesOf(cluster)).toEqual([])
  })

  test.each([undefined, 'NonIndexed'])('a Job with completionMode %s has no index', (completionMode) => {
    const plain = job('Job', { completionMode, parallelism: 2 })
    expect(podsOf([plain, policy(COMPLETION, ['0'])], 'x/Job/run', COMPLETION)).toEqual(['run - 2'])
  })
})
