import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { buildCluster } from '../../src/load/build-cluster.js'
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
      namespaces: [...namespaces.values()].map(withoutSource),
      nodes: [...nodes.values()].map(withoutSource),
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

  test.each(['ConfigMap', 'Widget', 'PodList', 'ListList'])('whatever has items is a list, such as a %s', (kind) => {
    const list = { apiVersion: 'v1', kind, metadata: { name: 'bag' }, items: [POLICY, POD] }
    for (const text of [json(list), dump(list)]) {
      expect(load(text)).toMatchObject({ policies: [{ name: 'p' }], workloads: [{ id: 'x/Pod/a' }], diagnostics: [] })
    }
  })

  test('an item has the kind and the apiVersion of its list only where it has neither', () => {
    const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList' }
    for (const item of [
      { ...POLICY, kind: '' },
      { ...POLICY, apiVersion: undefined },
    ]) {
      const cluster = load(json({ ...list, items: [item, POD] }), { keepGoing: true })
      expect(cluster.policies).toEqual([])
      expect(codesOf(cluster, 'error')).toEqual(['NP010'])
    }
    const same = { ...list, kind: 'NetworkPolicy', items: [without(POLICY)] }
    expect(codesOf(load(json(same)), 'error')).toEqual(['NP009'])
  })

  test.each([[null], [[]], [{}], [[{ a: 1 }]]])('a policy with items %j is none to kubectl', (items) => {
    const cluster = load(json({ ...POLICY, items }), { lenient: true })
    expect(cluster).toMatchObject({ policies: [], diagnostics: [{ code: 'NP009', severity: 'error' }] })
  })

  test.each([[null], [[]], [{}], ['a'], [['a']]])('items %j of anything else are nothing', (items) => {
    const text = json({ apiVersion: 'example.com/v1', kind: 'Widget', items })
    expect(load(`${text}\n---\n${json(POD)}`)).toMatchObject({ diagnostics: [], inventory: { used: 1, irrelevant: 1 } })
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

describe('lists in lists', () => {
  /** A policy in so many lists; the kinds of the lists alternate. */
  const nest = (depth: number, kinds: readonly string[] = ['List']): object =>
    Array.from({ length: depth }).reduce<object>(
      (inner, _, level) => ({ apiVersion: 'v1', kind: kinds[level % kinds.length], items: [inner] }),
      POLICY,
    )
  const nestText = (depth: number): string =>
    '{"apiVersion":"v1","kind":"List","items":['.repeat(depth) + json(POLICY) + ']}'.repeat(depth)
  const block = (depth: number): string => {
    const levels = Array.from({ length: depth }, (_, level) => {
      const indent = ' '.repeat(2 * level)
      return `apiVersion: v1\n${indent}kind: List\n${indent}items:\n${indent}- `
    })
    return `${levels.join('')}${json(POLICY)}\n`
  }

  test.each([
    ['in JSON', (depth: number) => json(nest(depth))],
    ['in YAML in block style', block],
    ['in YAML in flow style', (depth: number) => `# c\n${json(nest(depth))}\n`],
    ['of several kinds', (depth: number) => json(nest(depth, ['List', 'PodList', 'NetworkPolicyList', 'ThingList']))],
    ['that are not cut, since an anchor is near', (depth: number) => `x: &a b\n${block(depth)}`],
    [
      'that are not cut, since an escape is in the way',
      (depth: number) => json(nest(depth)).replaceAll('"k', '"\\u006b'),
    ],
  ])('%s: one is opened, one more is an error', (_, write) => {
    expect(load(write(1))).toMatchObject({ policies: [{ name: 'p' }], diagnostics: [], inventory: { used: 1 } })
    const cluster = load(`${write(2)}\n`)
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP009', severity: 'error' }])
    expect(cluster.diagnostics[0]?.line).toBeGreaterThan(0)
    expect(cluster).toMatchObject({ answerable: false, inventory: { error: 1 } })
  })

  test.each([
    { items: [] },
    { items: [3] },
    { items: [{ a: 1 }] },
    { items: [], kind: null },
    { items: [], apiVersion: 'v1' },
    { items: [], kind: 'Foo' },
    { items: [], kind: 'Foo', apiVersion: 'v1' },
    { items: [], kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'q' } },
  ])('kubectl refuses a list for an item that is a list, whatever is in it: %j', (item) => {
    for (const kind of ['List', 'NetworkPolicyList', 'ThingList', 'Thing']) {
      for (const items of [
        [POLICY, item],
        [item, POLICY],
      ]) {
        const list = { apiVersion: 'v1', kind, items }
        const inBlocks = `apiVersion: v1\nkind: ${kind}\nitems:\n${items.map((each) => `- ${json(each)}\n`).join('')}`
        for (const text of [json(list), `# c\n${json(list)}`, inBlocks, `x: &a b\n${inBlocks}`]) {
          expect(load(text), text).toMatchObject({ diagnostics: [{ code: 'NP009' }], answerable: false })
        }
      }
    }
  })

  test('lists in lists of what is not used are none of our business', () => {
    const menu = { kind: 'Menu', apiVersion: 'v1', items: [{ items: [] }, { title: 'b', items: [{ items: [] }] }] }
    expect(load(json(menu))).toMatchObject({ incomplete: false, inventory: { irrelevant: 1, error: 0 } })
  })

  test('the place is that of the inner list', () => {
    const text = nestText(2)
    expect(load(text).diagnostics).toMatchObject([
      { code: 'NP009', line: 1, column: text.lastIndexOf('{"apiVersion":"v1"') + 1 },
    ])
    expect(load(block(2)).diagnostics).toMatchObject([{ code: 'NP009', line: 4, column: 3 }])
  })

  test('what stands beside the inner list is read', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [POD, nest(1)] }
    const cluster = load(json(list), { keepGoing: true })
    expect(idsOf(cluster)).toEqual(['x/Pod/a'])
    expect(codesOf(cluster, 'error')).toEqual(['NP009'])
    expect(cluster.incomplete).toBe(true)
  })

  test.each([
    ['JSON', 3000, nestText],
    ['JSON', 20_000, nestText],
    ['YAML', 500, block],
    ['YAML', 3000, (depth: number) => `# c\n${nestText(depth)}`],
  ])('%s, %s deep, is an error and no crash', (_, depth, write) => {
    const cluster = load(write(depth))
    expect(cluster.diagnostics).toMatchObject([{ code: 'NP005', line: expect.any(Number) as number }])
    expect(cluster).toMatchObject({ policies: [], answerable: false })
  })

  test.each([
    [2, 0, ['NP009']],
    [3000, 0, ['NP005']],
  ])('in a file that is read in pieces: %s lists', (depth, policies, codes) => {
    const inner = nestText(depth - 1)
    const pods = Array.from({ length: 9 }, () => json(POD).padEnd(inner.length))
    const bytes = new TextEncoder().encode(`{"apiVersion":"v1","kind":"List","items":[${[...pods, inner].join(',')}]}`)
    const large = {
      size: bytes.length,
      window: 2 * inner.length,
      read: (from: number, to: number) => bytes.subarray(from, to),
    }
    const cluster = buildCluster([{ file: 'all.json', text: '', large }], [], { keepGoing: true })
    expect(cluster.policies).toHaveLength(policies)
    expect(codesOf(cluster, 'error')).toEqual(codes)
    expect(idsOf(cluster)).toEqual(['x/Pod/a'])
  })
})

describe('a list whose kind was forgotten', () => {
  const FORGOTTEN = [
    ['of a policy', { items: [POLICY] }],
    ['with an apiVersion', { apiVersion: 'v1', items: [POD, POLICY] }],
    [
      'of objects that leave out what they are, as clients in Go write them',
      { metadata: {}, items: [without(POLICY)] },
    ],
    ['of lists', { items: [{ apiVersion: 'v1', kind: 'List', items: [POLICY] }] }],
    ['with an empty kind', { apiVersion: 'v1', kind: '', items: [POLICY] }],
    ['with a kind of null', { apiVersion: 'v1', kind: null, items: [POLICY] }],
  ] as const

  test.each(FORGOTTEN)('%s is refused', (_, list) => {
    for (const text of [json(list), `# c\n${json(list)}`]) {
      const cluster = load(text)
      expect(cluster.diagnostics).toMatchObject([
        { code: 'NP010', severity: 'error', path: 'kind', column: expect.any(Number) as number },
      ])
      expect(cluster).toMatchObject({ policies: [], answerable: false, inventory: { error: 1 } })
    }
  })

  test('in block style as well, with its place', () => {
    const text = `---\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n`
    expect(load(text).diagnostics).toMatchObject([
      {
        code: 'NP010',
        line: 2,
        message: 'kind: Required value: a list of Kubernetes objects needs a kind',
        help: 'write `kind: List`',
      },
    ])
  })

  test.each([
    ['names', 'items: [a, b]\n'],
    ['ports', 'items:\n- name: web\n  port: 80\n'],
    ['references to objects', 'items:\n- apiVersion: apps/v1\n  kind: Deployment\n  name: web\n'],
    ['pieces of objects', 'items:\n- kind: Deployment\n  spec: {}\n- metadata: {labels: {a: b}}\n'],
    ['nothing', 'items: []\n'],
    ['no list', 'items: {apiVersion: v1, kind: Pod, metadata: {name: a}}\n'],
  ])('the values of a chart with items of %s are irrelevant', (_, text) => {
    const pod = `---\n${json(POD)}\n`
    expect(load(text + pod)).toMatchObject({ diagnostics: [], inventory: { used: 1, irrelevant: 1 } })
  })
})
