import { LIVE } from '../support/live.js'
import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { codesOf, load, object } from './manifests.js'
import { codes, KNOWN, namespace, pod, policy, type Strings } from './remark-objects.js'

test('an ordinary input gives no reason for a remark', () => {
  expect(
    codes(
      policy({
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }],
      }),
    ),
  ).toEqual([])
})

describe('NP103 (A-28): the labels of a namespace are unknown', () => {
  const peer = (namespaceSelector: object, more: object = {}) =>
    policy({ podSelector: {}, ingress: [{ from: [{ namespaceSelector }] }], ...more })
  const stranger = pod('y/b')

  test.each([
    ['another label', peer({ matchLabels: { team: 'a' } }), ['NP103']],
    ['an expression', peer({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }), ['NP103']],
    ['the name label alone', peer({ matchLabels: { 'kubernetes.io/metadata.name': 'y' } }), []],
    ['every namespace', peer({}), []],
    ['a rule without effect', peer({ matchLabels: { team: 'a' } }, { policyTypes: ['Egress'] }), ['NP104']],
  ])('a policy asks for %s', (_, asking, expected) => {
    expect(codes(asking, stranger)).toEqual(expected)
  })

  test('all namespaces are defined', () => {
    expect(codes(peer({ matchLabels: { team: 'a' } }), stranger, namespace('y'))).toEqual([])
  })

  test('F-301: many unknown namespaces and policies are one remark', () => {
    const strangers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => pod(`${name}/p`))
    const { diagnostics } = load([
      ...strangers,
      policy({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { t: 'x' } } }] }] }),
      policy({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { t: 'x' } } }] }] }, 'x/q'),
    ])
    const said = diagnostics.filter(({ code }) => code === 'NP103')
    expect(said).toHaveLength(1)
    expect(said[0]).toMatchObject({ path: 'spec.ingress[0]' })
    expect(said[0]?.message).toContain('3 more namespaces')
  })
})

describe('NP115, NP126 (A-35, F-280): a policy that selects nobody', () => {
  const selecting = (labels: Strings, id?: string) => policy({ podSelector: { matchLabels: labels } }, id)
  const deployment = (labels: Strings, template: Strings) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'x', labels },
    spec: { template: { metadata: { labels: template } } },
  })

  test.each([
    ['a label that no pod has', [selecting({ app: 'nope' })], ['NP115']],
    ['a label of a pod elsewhere', [selecting({ app: 'web' }, 'y/p'), namespace('y')], ['NP115']],
    ['every pod of an empty namespace', [policy({ podSelector: {} }, 'y/p'), namespace('y')], []],
    ['the label of a pod', [selecting({ app: 'web' })], []],
    [
      'a label of a Deployment only',
      [selecting({ app: 'api' }), deployment({ app: 'api' }, { app: 'server' })],
      ['NP126'],
    ],
    ['a label of both', [selecting({ app: 'api' }), deployment({ app: 'api' }, { app: 'api' })], []],
    ['a label that nobody can predict', [selecting({ 'pod-template-hash': 'x' }), deployment({}, {})], []],
  ])('%s', (_, objects, expected) => {
    expect(codes(...objects)).toEqual(expected)
  })
})

describe('NP116 (A-33): requirements that contradict each other', () => {
  const requirement = (operator: string, ...values: readonly string[]) => ({ key: 'app', operator, values })

  test.each([
    [[requirement('In', 'web'), requirement('In', 'api')], true],
    [[requirement('In', 'web'), requirement('NotIn', 'web')], true],
    [[requirement('In', 'web'), requirement('DoesNotExist')], true],
    [[requirement('Exists'), requirement('DoesNotExist')], true],
    [[requirement('In', 'web', 'api'), requirement('In', 'web')], false],
    [[requirement('In', 'web', 'api'), requirement('NotIn', 'api')], false],
    [[requirement('NotIn', 'api'), requirement('DoesNotExist')], false],
    [[requirement('NotIn', 'api'), requirement('Exists')], false],
    [[requirement('In', 'web'), { key: 'tier', operator: 'DoesNotExist' }], false],
  ])('%j: %s', (matchExpressions, contradicts) => {
    const peer = policy({
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions } }] }],
    })
    const { diagnostics } = load([...KNOWN, peer])
    expect(diagnostics).toMatchObject(
      contradicts ? [{ code: 'NP116', path: 'spec.ingress[0].from[0].podSelector' }] : [],
    )
  })
})

describe('NP124 (A-2): objects that name no namespace', () => {
  const nameless = (name: string) => object('v1', 'Pod', name)

  test.each([
    ['beside others', [nameless('a'), pod('shop/b')], {}, ['NP124']],
    ['alone', [nameless('a'), nameless('b')], {}, []],
    ['beside default', [nameless('a'), pod('default/b')], {}, []],
    ['with --namespace', [nameless('a'), pod('shop/b')], { namespace: 'shop' }, []],
    [
      'beside a Namespace and a Node, which are in none',
      [nameless('a'), namespace('shop'), object('v1', 'Node', 'n')],
      {},
      [],
    ],
  ])('%s', (_, objects, options, expected) => {
    expect(codesOf(load(objects, options))).toEqual(expected)
  })

  test('once per file, at the first such object', () => {
    const text = (names: readonly string[]) => names.map((name) => `${JSON.stringify(nameless(name))}\n`).join('')
    const cluster = parseCluster([
      { file: 'p.json', text: JSON.stringify(policy({ podSelector: {} })) },
      { file: 'a.json', text: text(['a', 'b']) },
      { file: 'b.json', text: text(['c']) },
      { file: 'c.json', text: JSON.stringify(pod('shop/d')) },
    ])
    expect(cluster.diagnostics.map(({ code, file, object: about, line }) => [code, file, about, line])).toEqual([
      ['NP124', 'a.json', 'Pod default/a', 1],
      ['NP124', 'b.json', 'Pod default/c', 1],
    ])
  })
})

describe('NP127 (D-33): pods, but no policies', () => {
  const live = pod('x/a', {}, [], { phase: 'Running', podIP: '10.0.0.1' })
  const said = (objects: readonly object[]) => {
    const { diagnostics } = parseCluster(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    return diagnostics.map(({ code, help }) => `${code} ${(help ?? '').slice(0, 17)}`)
  }

  test.each([
    ['a dump of pods alone', [live], ['NP127 `kubectl get all`']],
    ['a dump with a namespace', [live, namespace('x')], ['NP127 name the folder w']],
    ['pods without addresses, from manifests', [pod('x/a')], ['NP127 name the folder w']],
    ['with a policy', [live, policy({ podSelector: {} })], []],
    ['without pods', [namespace('x')], []],
  ])('%s', (_, objects, expected) => {
    expect(said(objects)).toEqual(expected)
  })
})

describe('NP129 (D-6): scaled to zero', () => {
  test.each([
    [0, ['NP129']],
    [1, []],
  ])('replicas: %s', (replicas, expected) => {
    expect(codes(object('apps/v1', 'Deployment', 'x/d', { spec: { replicas, template: {} } }))).toEqual(expected)
  })
})

describe('NP128 (D-7): live pods that are not what the template would make', () => {
  const deployment = (replicas: number, labels: object) =>
    object('apps/v1', 'Deployment', 'x/d', { spec: { replicas, template: { metadata: { labels } } } })
  const live = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...LIVE,
      namespace: 'x',
      name: 'd-5f-a',
      labels: { app: 'd', 'pod-template-hash': '5f' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'd-5f', controller: true }],
    },
  }

  test.each([
    ['as the template has it', 1, { app: 'd' }, []],
    ['another label', 1, { app: 'e' }, ['NP128']],
    ['another number', 3, { app: 'd' }, ['NP128']],
  ])('%s', (_, replicas, labels, expected) => {
    expect(codes(deployment(replicas, labels), live)).toEqual(expected)
    const { diagnostics } = load([...KNOWN, deployment(replicas, labels), live])
    // Where the template is evaluated beside the pods the answer is about something that does not run yet
    expect(diagnostics.map(({ severity }) => severity)).toEqual(
      expected.map(() => (replicas === 1 ? 'warning' : 'info')),
    )
  })

  test('not where a template stands alone', () => {
    expect(codes(deployment(3, { app: 'd' }))).toEqual([])
  })
})
