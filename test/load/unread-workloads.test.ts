import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/load/load.js'
import { codesOf, load, object } from './manifests.js'

const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'c' }] } }
const POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: {} } })

describe('D-2: workloads of other systems that are read', () => {
  test.each([
    ['argoproj.io/v1alpha1', 'Rollout', [], 'rollouts-pod-template-hash'],
    ['apps.openshift.io/v1', 'DeploymentConfig', [['deploymentconfig', 'd']], 'deployment'],
    ['apps.kruise.io/v1alpha1', 'CloneSet', [], 'apps.kruise.io/cloneset-instance-id'],
  ])('%s %s', (apiVersion, kind, added, unknown) => {
    const cluster = load([POLICY, object(apiVersion, kind, 'x/d', { spec: { template } })])
    const [workload] = cluster.workloads
    expect([workload?.id, cluster.incomplete, codesOf(cluster)]).toEqual([`x/${kind}/d`, false, []])
    expect([...(workload?.pods[0]?.labels ?? [])]).toEqual([['app', 'a'], ...added])
    expect(workload?.pods[0]?.unpredictableLabels).toContain(unknown)
  })

  test('a DeploymentConfig whose selector is not its labels', () => {
    const config = object('apps.openshift.io/v1', 'DeploymentConfig', 'x/d', {
      spec: { selector: { app: 'b' }, template },
    })
    expect(codesOf(load([POLICY, config]))).toEqual(['NP125'])
  })

  test.each([
    ['ReplicaSet', 'd-5f', { 'rollouts-pod-template-hash': '5f' }, 'x/Rollout/d'],
    ['ReplicaSet', 'd-5f', { 'pod-template-hash': '5f' }, 'x/Deployment/d'],
    ['ReplicationController', 'd-2', { deploymentconfig: 'd' }, 'x/DeploymentConfig/d'],
    ['ReplicationController', 'd-2', {}, 'x/ReplicationController/d-2'],
  ])('pods of %s %s with %j, which is not in the input', (kind, name, labels, id) => {
    const ownerReferences = [{ apiVersion: 'v1', kind, name, controller: true }]
    const metadata = { namespace: 'x', name: 'p', uid: 'u', resourceVersion: '1', labels, ownerReferences }
    const { workloads } = load([POLICY, { apiVersion: 'v1', kind: 'Pod', metadata }])
    expect(workloads.map((workload) => workload.id)).toEqual([id])
  })
})

describe('NP138: pod templates of kinds that are not read', () => {
  test.each([
    ['argoproj.io/v1alpha1', 'Rollout', { workloadRef: { kind: 'Deployment', name: 'd' } }],
    ['jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{ name: 'a', template: { spec: { template } } }] }],
    ['kubeflow.org/v1', 'PyTorchJob', { pytorchReplicaSpecs: { Worker: { template } } }],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', { nodeSets: [{ name: 'a', podTemplate: template }] }],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { workerTemplate: template } }],
    ['keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template } }],
    ['kafka.strimzi.io/v1beta2', 'Kafka', { kafka: {} }],
  ])('%s %s', (apiVersion, kind, spec) => {
    const manifest = object(apiVersion, kind, 'x/d', { spec })
    for (const cluster of [load([POLICY, manifest]), parseCluster(yamlOf(apiVersion, kind, spec))]) {
      expect([codesOf(cluster).filter((code) => code !== 'NP027'), cluster.incomplete]).toEqual([['NP138'], true])
    }
  })

  test.each([
    ['kyverno.io/v1', 'ClusterPolicy', { rules: [{ validate: { pattern: { spec: { template } } } }] }],
    ['argoproj.io/v1alpha1', 'ApplicationSet', { template: { spec: { project: 'containers' } } }],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', { template }],
    ['example.com/v1', 'Page', {}],
  ])('not for %s %s', (apiVersion, kind, spec) => {
    const cluster = load([POLICY, object(apiVersion, kind, 'x/d', { spec })])
    expect([codesOf(cluster), cluster.incomplete]).toEqual([[], false])
  })
})

/** As YAML in blocks, which need not be parsed where the kind decides nothing. */
function yamlOf(apiVersion: string, kind: string, spec: object): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: d\nspec: ${JSON.stringify(spec)}\n`
}
