import { LIVE } from '../support/live.js'
import { distinctionsOf, partition } from '../../src/query/parts.js'
import type { Parties } from '../../src/query/party.js'
import { parsePeer } from '../../src/query/peer.js'
import type { QuestionError, Result } from '../../src/query/question-error.js'
import { resolvePeer } from '../../src/query/resolve.js'
import type { Cluster } from '../../src/model/cluster.js'
import { clusterOf } from '../support/compare.js'

type Strings = Readonly<Record<string, string>>

function namespace(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

/** A pod with whatever a test wants to say of it. */
export function pod(
  id: string,
  labels: Strings = {},
  more: {
    readonly spec?: object
    readonly status?: object
    readonly owner?: readonly [kind: string, name: string]
  } = {},
): object {
  const [namespace, name] = id.split('/')
  const [kind, owner] = more.owner ?? []
  const ownerReferences = kind === undefined ? [] : [{ kind, name: owner, controller: true }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...LIVE, namespace, name, labels, ownerReferences },
    spec: more.spec ?? {},
    status: { phase: 'Running', ...more.status },
  }
}

/** An owner of pods with a template. */
export function workload(kind: string, id: string, labels: Strings, spec: object = {}): object {
  const [namespace, name] = id.split('/')
  const template = { metadata: { labels }, spec: { containers: [{ name: 'serve', ports: [] }] } }
  const inner = { template, ...spec }
  const apiVersion = kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1'
  return {
    apiVersion,
    kind,
    metadata: { namespace, name },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: inner } } : inner,
  }
}

/** A small shop, with one thing of every kind that a peer can name. */
export const SHOP: Cluster = clusterOf([
  namespace('shop'),
  namespace('default'),
  namespace('tenant-a'),
  namespace('tenant-b'),
  namespace('empty'),
  workload('Deployment', 'shop/web', { app: 'web', 'app.kubernetes.io/name': 'web' }, { replicas: 2 }),
  workload('StatefulSet', 'shop/db', { app: 'db', tier: 'back' }),
  workload('DaemonSet', 'shop/agent', { app: 'agent' }),
  workload('Job', 'shop/migrate', { app: 'migrate' }),
  workload('CronJob', 'shop/report', { app: 'report' }),
  workload('Deployment', 'shop/twin', { app: 'twin' }),
  workload('StatefulSet', 'shop/twin', { app: 'twin' }),
  workload('ReplicaSet', 'shop/old', { app: 'old' }),
  { ...workload('Deployment', 'shop/legacy', { app: 'legacy' }), apiVersion: 'v1', kind: 'ReplicationController' },
  pod('shop/bare', { app: 'bare' }, { status: { podIP: '10.0.1.1' }, spec: { nodeName: 'n1' } }),
  pod('shop/done', { app: 'done' }, { status: { phase: 'Succeeded', podIP: '10.0.1.2' } }),
  pod(
    'shop/api-5d8f-aaa',
    { app: 'api', 'pod-template-hash': '5d8f' },
    { owner: ['ReplicaSet', 'api-5d8f'], status: { podIP: '10.0.1.3' } },
  ),
  pod(
    'shop/api-5d8f-bbb',
    { app: 'api', 'pod-template-hash': '5d8f' },
    { owner: ['ReplicaSet', 'api-5d8f'], status: { podIP: '10.0.1.4' } },
  ),
  pod('tenant-a/app', { app: 'app' }),
  pod('tenant-b/app', { app: 'app' }),
  pod('default/local', { app: 'local' }),
  pod('deploy/nested', { app: 'nested' }),
  workload('Deployment', 'default/nested', { app: 'nested' }),
  { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name: 'front' } },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { ...LIVE, name: 'n1' },
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.168.9.1' },
        { type: 'ExternalIP', address: '198.51.100.7' },
      ],
    },
  },
])

/** Who a peer is in a cluster. */
export function resolve(text: string, cluster: Cluster = SHOP, namespace = 'default'): Result<Parties> {
  const question = parsePeer(text, namespace)
  if (!question.ok) return question
  return resolvePeer(cluster, question.value, text, partition(distinctionsOf(cluster, () => false)))
}

/** The names of those that a peer stands for: ids of workloads with the pods that are meant, nodes, ranges. */
export function namesOf(text: string, cluster: Cluster = SHOP, namespace = 'default'): readonly string[] {
  const resolved = resolve(text, cluster, namespace)
  if (!resolved.ok) throw new Error(`${text}: ${resolved.error.message}`)
  return resolved.value.parties.map((party) => {
    switch (party.kind) {
      case 'workload':
        return party.pods.length === party.workload.pods.length
          ? party.workload.id
          : `${party.workload.id}: ${party.pods.map(({ name }) => name).join()}`
      case 'node':
        return `node/${party.node.name}`
      case 'outside':
        return `outside ${party.name}`
      case 'host':
        return `host ${party.name}`
      case 'loopback':
        return 'loopback'
    }
  })
}

export function errorOf(text: string, cluster: Cluster = SHOP, namespace = 'default'): QuestionError {
  const resolved = resolve(text, cluster, namespace)
  if (resolved.ok) throw new Error(`${text} is somebody`)
  return resolved.error
}
