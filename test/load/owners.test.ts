import { LIVE } from '../support/live.js'
import { describe, expect, test } from 'vitest'
import { codesOf, idsOf, load, object, workloadOf } from './manifests.js'

type Owner = readonly [kind: string, name: string]

function owned(by: Owner | undefined, controller = true): object[] {
  return by === undefined ? [] : [{ apiVersion: 'v1', kind: by[0], name: by[1], uid: 'u', controller }]
}

function pod(name: string, by?: Owner, more: { labels?: object; phase?: string; controller?: boolean } = {}): object {
  const { labels = { app: 'live' }, phase = 'Running', controller } = more
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...LIVE, name, namespace: 'x', labels, ownerReferences: owned(by, controller) },
    spec: {},
    status: { phase },
  }
}

function workload(kind: string, name: string, by?: Owner, replicas = 1): object {
  const template = { metadata: { labels: { app: 'live' } }, spec: {} }
  const spec = { template, [kind === 'Job' ? 'parallelism' : 'replicas']: replicas }
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1'
  return {
    ...object(apiVersion, kind, `x/${name}`, { spec: kind === 'CronJob' ? { jobTemplate: { spec } } : spec }),
    metadata: { ...LIVE, name, namespace: 'x', ownerReferences: owned(by) },
  }
}

const HASHED = { labels: { app: 'live', 'pod-template-hash': '5d8f' } }

/** The pods of each workload, and whether each is live or stands for a template. */
function podsOf(objects: readonly object[]): Readonly<Record<string, string>> {
  const cluster = load(objects)
  expect(codesOf(cluster, 'error')).toEqual([])
  return Object.fromEntries(
    cluster.workloads.map(({ id, pods }) => [
      id,
      pods.map(({ name, running }) => `${name} ${running ? 'live' : 'template'}`).join(),
    ]),
  )
}

describe('D-7: live pods stand for the workload at the root of their owners', () => {
  test('Pod, ReplicaSet, Deployment', () => {
    const objects = [
      pod('web-5d8f-b', ['ReplicaSet', 'web-5d8f']),
      pod('web-5d8f-a', ['ReplicaSet', 'web-5d8f']),
      workload('ReplicaSet', 'web-5d8f', ['Deployment', 'web'], 2),
      workload('Deployment', 'web', undefined, 5),
    ]
    expect(podsOf(objects)).toEqual({ 'x/Deployment/web': 'web-5d8f-a live,web-5d8f-b live' })
    expect(podsOf(objects.toReversed())).toEqual(podsOf(objects))
    expect(workloadOf(load(objects), 'x/Deployment/web').replicas).toBe(2)
  })

  test('Pod, Job, CronJob', () => {
    const objects = [
      workload('CronJob', 'report'),
      workload('Job', 'report-1', ['CronJob', 'report']),
      workload('Job', 'report-2', ['CronJob', 'report']),
      pod('report-1-x', ['Job', 'report-1']),
      pod('report-2-x', ['Job', 'report-2']),
    ]
    expect(podsOf(objects)).toEqual({ 'x/CronJob/report': 'report-1-x live,report-2-x live' })
  })

  test.each(['StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])('Pod, %s', (kind) => {
    expect(podsOf([workload(kind, 'web'), pod('web-0', [kind, 'web'])])).toEqual({ [`x/${kind}/web`]: 'web-0 live' })
  })

  test('the old ReplicaSets of a Deployment are no workloads of their own', () => {
    const old = workload('ReplicaSet', 'web-old', ['Deployment', 'web'], 0)
    expect(podsOf([old, workload('Deployment', 'web')])).toEqual({ 'x/Deployment/web': 'web template' })
  })

  test('pods of one owner with different labels are legal', () => {
    const canary = pod('web-2', ['ReplicaSet', 'web'], { labels: { app: 'canary' } })
    expect(podsOf([pod('web-1', ['ReplicaSet', 'web']), canary])).toEqual({
      'x/ReplicaSet/web': 'web-1 live,web-2 live',
    })
  })

  test('an owner of another namespace is another owner', () => {
    const elsewhere = { ...workload('ReplicaSet', 'web'), metadata: { name: 'web', namespace: 'y' } }
    expect(Object.keys(podsOf([elsewhere, pod('web-1', ['ReplicaSet', 'web'])]))).toEqual([
      'x/ReplicaSet/web',
      'y/ReplicaSet/web',
    ])
  })
})

describe('D-7: where no live pod is what the template would make, the template stands beside them', () => {
  const objects = (labels: object, more: readonly object[] = []) => [
    workload('ReplicaSet', 'web-5d8f', ['Deployment', 'web']),
    workload('Deployment', 'web'),
    pod('web-5d8f-a', ['ReplicaSet', 'web-5d8f'], { labels }),
    ...more,
  ]
  const both = 'web-5d8f-a live,web-<template> template'
  const asking = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', {
    spec: { podSelector: { matchLabels: { role: 'backup' } } },
  })

  test.each([
    ['a label of the template is missing', objects({ app: 'old' }), both],
    [
      'what the controller adds is no difference',
      objects({ app: 'live', 'pod-template-hash': '5d8f' }),
      'web-5d8f-a live',
    ],
    ['a label that nobody asks for is none', objects({ app: 'live', role: 'backup' }), 'web-5d8f-a live'],
    ['a label that a policy asks for is one', objects({ app: 'live', role: 'backup' }, [asking]), both],
    [
      'one pod is what it would make, as during a rollout',
      objects({ app: 'old' }, [pod('web-5d8f-b', ['ReplicaSet', 'web-5d8f'])]),
      'web-5d8f-a live,web-5d8f-b live',
    ],
  ])('%s', (_, input, expected) => {
    expect(podsOf(input)).toEqual({ 'x/Deployment/web': expected })
  })
})

describe('only what came from a cluster is believed to be its state', () => {
  const without = (object: object, ...keys: readonly string[]) => {
    const { metadata, ...rest } = object as { readonly metadata: Readonly<Record<string, unknown>> }
    return { ...rest, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.includes(key))) }
  }

  test.each([
    ['without a uid', ['uid']],
    ['without a resourceVersion', ['resourceVersion']],
    ['without either', ['uid', 'resourceVersion']],
  ])('a pod %s has neither finished nor an owner', (_, keys) => {
    const finished = without(pod('a', undefined, { phase: 'Succeeded' }), ...keys)
    expect(idsOf(load([finished]))).toEqual(['x/Pod/a'])
    const owned = without(pod('db-0', ['Deployment', 'db'], { labels: { app: 'decoy' } }), ...keys)
    expect(podsOf([workload('Deployment', 'db'), owned])).toEqual({
      'x/Deployment/db': 'db template',
      'x/Pod/db-0': 'db-0 template',
    })
  })

  test('with `manifests` not even that is', () => {
    const objects = [
      workload('Deployment', 'db'),
      pod('db-0', ['Deployment', 'db']),
      pod('a', undefined, { phase: 'Failed' }),
    ]
    expect(idsOf(load(objects, { manifests: true }))).toEqual(['x/Deployment/db', 'x/Pod/a', 'x/Pod/db-0'])
    expect(idsOf(load(objects))).toEqual(['x/Deployment/db'])
  })
})

describe('D-7: owners that are not in the input give the name only', () => {
  test('the hash of the pods gives the Deployment', () => {
    expect(podsOf([pod('web-5d8f-a', ['ReplicaSet', 'web-5d8f'], HASHED)])).toEqual({
      'x/Deployment/web': 'web-5d8f-a live',
    })
  })

  test('and these pods stand for the Deployment where that is in the input', () => {
    const objects = [workload('Deployment', 'web'), pod('web-5d8f-a', ['ReplicaSet', 'web-5d8f'], HASHED)]
    expect(podsOf(objects)).toEqual({ 'x/Deployment/web': 'web-5d8f-a live' })
  })

  test.each([
    ['another hash', ['ReplicaSet', 'web-77'], HASHED, 'x/ReplicaSet/web-77'],
    ['no hash', ['ReplicaSet', 'web-5d8f'], {}, 'x/ReplicaSet/web-5d8f'],
    ['a Job', ['Job', 'report-1'], {}, 'x/Job/report-1'],
    ['a kind of somebody else', ['Rollout', 'web'], {}, 'x/Rollout/web'],
  ] as const)('%s', (_, owner, more, id) => {
    expect(Object.keys(podsOf([pod('p', owner, more)]))).toEqual([id])
  })

  test('a ReplicaSet whose Deployment is absent is called after it', () => {
    expect(podsOf([workload('ReplicaSet', 'web-5d8f', ['Deployment', 'web'])])).toEqual({
      'x/Deployment/web': 'web-5d8f template',
    })
  })
})

describe('D-7: pods of nobody', () => {
  test('a pod without owner is a workload of its own', () => {
    expect(idsOf(load([pod('a'), pod('b')]))).toEqual(['x/Pod/a', 'x/Pod/b'])
  })

  test('a static pod, which its node owns, is a bare pod', () => {
    expect(podsOf([pod('kube-proxy-n1', ['Node', 'n1'])])).toEqual({ 'x/Pod/kube-proxy-n1': 'kube-proxy-n1 live' })
  })

  test('an owner that is no controller is none', () => {
    expect(idsOf(load([pod('a', ['ReplicaSet', 'web'], { controller: false })]))).toEqual(['x/Pod/a'])
  })
})

describe('A-5, D-32: finished pods take part in nothing', () => {
  test.each(['Succeeded', 'Failed'])('%s: the pod is no workload, but remembered', (phase) => {
    const cluster = load([pod('a', undefined, { phase }), pod('b')])
    expect(idsOf(cluster)).toEqual(['x/Pod/b'])
    expect(cluster.finishedPods).toEqual([{ kind: 'Pod', namespace: 'x', name: 'a' }])
  })

  test.each(['Running', 'Pending', 'Unknown'])('A-7: %s: the pod is one', (phase) => {
    expect(idsOf(load([pod('a', undefined, { phase })]))).toEqual(['x/Pod/a'])
  })

  test('D-7: with all pods finished the template stands, with one alive it does not', () => {
    const objects = [workload('Job', 'run'), pod('run-a', ['Job', 'run'], { phase: 'Succeeded' })]
    expect(podsOf(objects)).toEqual({ 'x/Job/run': 'run template' })
    expect(podsOf([...objects, pod('run-b', ['Job', 'run'])])).toEqual({ 'x/Job/run': 'run-b live' })
  })

  test('finished pods of an owner that is absent leave nothing', () => {
    expect(podsOf([pod('run-a', ['Job', 'run'], { phase: 'Failed' })])).toEqual({})
  })

  test('A-6: a terminating pod is there until it is gone', () => {
    const metadata = { ...LIVE, name: 'a', namespace: 'x', deletionTimestamp: '2026-11-01T00:00:00Z' }
    expect(idsOf(load([{ apiVersion: 'v1', kind: 'Pod', metadata, status: { phase: 'Running' } }]))).toEqual([
      'x/Pod/a',
    ])
  })
})
