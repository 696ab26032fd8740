import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { codesOf, idsOf, load, object, withoutSource } from './manifests.js'

const POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: {} } })
const POD = object('v1', 'Pod', 'x/a')

const without = (item: object) => ({ ...item, kind: undefined, apiVersion: undefined })
const json = (value: object) => JSON.stringify(value)

describe('D-21: lists', () => {
  test('F-285: a List holds objects of any kind', () => {
    const cluster = load([POLICY, POD, object('v1', 'ConfigMap', 'x/c')])
    expect(cluster.policies.map(({ name }) => name)).toEqual(['p'])
    expect(idsOf(cluster)).toEqual(['x/Pod/a'])
    expect(cluster.inventory).toMatchObject({ used: 1, irrelevant: 0 })
  })

  test.each([
    ['networking.k8s.io/v1', 'NetworkPolicyList', POLICY],
    ['v1', 'PodList', POD],
    ['v1', 'NamespaceList', object('v1', 'Namespace', 'x')],
    ['v1', 'NodeList', object('v1', 'Node', 'n1')],
    ['v1', 'ServiceList', object('v1', 'Service', 'x/s')],
    ['apps/v1', 'DeploymentList', object('apps/v1', 'Deployment', 'x/d', { spec: { template: {} } })],
    [
      'batch/v1',
      'CronJobList',
      object('batch/v1', 'CronJob', 'x/c', { spec: { jobTemplate: { spec: { template: {} } } } }),
    ],
  ])('F-286: %s %s gives its items kind and apiVersion', (apiVersion, kind, item) => {
    const bare = load(json({ apiVersion, kind, metadata: { resourceVersion: '1' }, items: [without(item)] }))
    const full = load(json({ apiVersion, kind, items: [item] }))
    for (const cluster of [bare, full]) {
      expect(codesOf(cluster, 'error')).toEqual([])
      expect(cluster.inventory.used).toBe(1)
    }
    const facts = ({ policies, workloads, namespaces, nodes, services }: typeof bare) => ({
      policies: policies.map(withoutSource),
      workloads: workloads.map(withoutSource),
      namespaces,
      nodes,
      services,
    })
    expect(facts(bare)).toEqual(facts(full))
  })

  test('an item of a typed list may say what it is itself', () => {
    expect(idsOf(load(json({ apiVersion: 'v1', kind: 'ConfigMapList', items: [POD] })))).toEqual(['x/Pod/a'])
  })

  test('the items of a List say what they are, or are nothing', () => {
    expect(load(json({ apiVersion: 'v1', kind: 'List', items: [without(POD), POD] })).workloads).toHaveLength(1)
  })

  test('a list of an old apiVersion is refused at its items', () => {
    const old = { apiVersion: 'extensions/v1beta1', kind: 'NetworkPolicyList', items: [without(POLICY)] }
    expect(codesOf(load(json(old)), 'error')).toEqual(['NP007'])
  })

  test('lists in lists', () => {
    expect(
      idsOf(
        load([
          { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'PodList', items: [without(POD)] }] },
        ]),
      ),
    ).toEqual(['x/Pod/a'])
  })

  test('an empty list is nothing', () => {
    expect(codesOf(load([]))).toEqual(['NP027'])
  })

  test('one bad item does not hide the others, and has its own place', () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: A}
- apiVersion: v1
  kind: Pod
  metadata: {name: b}
`
    const cluster = load(text, { keepGoing: true })
    expect(idsOf(cluster)).toEqual(['default/Pod/b'])
    expect(cluster.diagnostics).toMatchObject([
      { code: 'NP011', object: 'Pod default/A', path: 'metadata.name', line: 6, column: 20 },
    ])
    expect(cluster).toMatchObject({ answerable: true, incomplete: true, inventory: { error: 1 } })
  })

  test('a document that is a bare list of objects is refused, never passed over', () => {
    const cluster = load(JSON.stringify([POLICY]))
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP009', severity: 'error', line: 1, column: 1 }])
    expect(cluster).toMatchObject({ answerable: false, inventory: { error: 1 } })
    expect(load('- a\n- b\n---\n' + JSON.stringify(POD)).inventory).toMatchObject({ irrelevant: 1, used: 1 })
  })
})

test('a list with an item that is a template answers from the others, and says that it is incomplete', () => {
  const text =
    '{"kind": "List", "items": [{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}}, {"a" {{ .x }} }]}'
  const { nodes, inventory, incomplete, answerable, diagnostics } = parseCluster(text)
  expect([...nodes.keys()]).toEqual(['n1'])
  expect({ template: inventory.template, incomplete, answerable }).toEqual({
    template: 1,
    incomplete: true,
    answerable: true,
  })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})
