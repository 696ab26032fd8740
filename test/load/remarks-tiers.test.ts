import { expect, test } from 'vitest'
import { load } from './manifests.js'

const NEVER = {
  matchExpressions: [
    { key: 'a', operator: 'Exists' },
    { key: 'a', operator: 'DoesNotExist' },
  ],
}

test('C-13, A-33: selectors of policies of the cluster that can never match are said at their places', () => {
  const policy = {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'guard' },
    spec: {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: NEVER },
      egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/8', '10.1.0.0/16'] }, { pods: { podSelector: NEVER } }] }],
    },
  }
  const said = load([policy]).diagnostics.filter(({ code }) => code === 'NP116')
  expect(said.map(({ object, path }) => `${object ?? ''} ${path ?? ''}`)).toEqual([
    'ClusterNetworkPolicy guard spec.subject.namespaces',
    'ClusterNetworkPolicy guard spec.egress[0].to[1].pods.podSelector',
  ])
})

const IN_ALL = { namespaces: {} }

function guard(spec: object, kind = 'ClusterNetworkPolicy') {
  const head = kind === 'ClusterNetworkPolicy' ? { tier: 'Admin', priority: 1 } : { priority: 1 }
  const apiVersion = `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`
  return { apiVersion, kind, metadata: { name: 'guard' }, spec: { ...head, subject: IN_ALL, ...spec } }
}

function pod(name: string, labels: object, spec: object = {}, namespace = 'shop') {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'c', image: 'i', ports: [{ name: 'web', containerPort: 8080 }] }], ...spec },
  }
}

const SHOP = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } }
const DENY_ALL = [{ action: 'Deny', from: [IN_ALL] }]

function saidOf(code: string, ...objects: readonly object[]): readonly string[] {
  const { diagnostics } = load(objects)
  return diagnostics.flatMap((one) => (one.code === code ? [`${one.path ?? ''}: ${one.message}`] : []))
}

const TEAM = { matchLabels: { team: 'shop' } }
const APP = (app: string) => ({ matchLabels: { app } })

test.each([
  ['a subject', { subject: { namespaces: TEAM }, ingress: DENY_ALL }, 'spec.subject.namespaces'],
  [
    'a subject of pods',
    { subject: { pods: { namespaceSelector: TEAM, podSelector: {} } }, ingress: DENY_ALL },
    'spec.subject.pods',
  ],
  ['a peer', { ingress: [...DENY_ALL, { action: 'Deny', from: [{ namespaces: TEAM }] }] }, 'spec.ingress[1]'],
  [
    'a peer of pods',
    { egress: [{ action: 'Deny', to: [{ pods: { namespaceSelector: TEAM, podSelector: {} } }] }] },
    'spec.egress[0]',
  ],
])('NP103, A-28, C-13: labels of namespaces that are not in the input, asked for by %s', (_, spec, path) => {
  const message = 'the labels of `shop` are unknown, and the policy asks for `team`'
  expect(saidOf('NP103', pod('web', {}), guard(spec))).toEqual([`${path}: ${message}`])
  expect(saidOf('NP103', pod('web', {}), guard(spec), SHOP)).toEqual([])
})

test('NP103: not where only the name of a namespace is asked for, or a policy has no rules', () => {
  const byName = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }
  expect(saidOf('NP103', pod('web', {}), guard({ subject: byName, ingress: DENY_ALL }))).toEqual([])
  expect(saidOf('NP103', pod('web', {}), guard({ subject: { namespaces: TEAM } }))).toEqual([])
})

test('NP115, C-10, C-11: a policy of the cluster that selects no pod', () => {
  const ofPods = guard({ subject: { pods: { namespaceSelector: {}, podSelector: APP('api') } } }, 'AdminNetworkPolicy')
  const said = (...objects: readonly object[]) => saidOf('NP115', SHOP, ...objects)
  expect(said(pod('web', { app: 'web' }), ofPods)).toEqual(['spec.subject.pods: the policy selects no pod'])
  expect(said(pod('api', { app: 'api' }), ofPods)).toEqual([])
  expect(said(pod('api', { app: 'api' }, { hostNetwork: true }), ofPods)).toEqual([
    'spec.subject.pods: the policy selects no pod',
  ])
  const ofNamespaces = guard({ subject: { namespaces: { matchLabels: { team: 'other' } } } })
  expect(said(pod('web', {}), ofNamespaces)).toEqual(['spec.subject.namespaces: the policy selects no pod'])
  // Labels of a namespace that is not in the input may be these
  expect(said(pod('web', {}, {}, 'unknown'), ofNamespaces)).toEqual([])
  expect(said(guard({}))).toEqual([])
})

test('NP115: the help says that pods on their hosts are never selected, where there are such', () => {
  const policy = guard({ subject: { pods: { podSelector: APP('api') } } })
  const helpOf = (hostNetwork: boolean) =>
    load([SHOP, pod('web', {}, { hostNetwork }), policy]).diagnostics.find(({ code }) => code === 'NP115')?.help
  expect([helpOf(true), helpOf(false)]).toEqual(["pods on their hosts' networks are never selected", null])
})

test('NP118, C-21, C-24: a port name that no destination declares, of whatever protocol', () => {
  const udp = { containers: [{ name: 'c', image: 'i', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }] }
  const rule = (name: string) => [
    {
      action: 'Deny',
      from: [IN_ALL],
      protocols: [{ tcp: { destinationPort: { number: 1 } } }, { destinationNamedPort: name }],
    },
  ]
  const said = (...objects: readonly object[]) => saidOf('NP118', SHOP, ...objects)
  expect(said(pod('dns', {}, udp), guard({ ingress: rule('dns') }))).toEqual([])
  expect(said(pod('dns', {}, udp), guard({ ingress: rule('web') }))).toEqual([
    'spec.ingress[0].protocols[1]: no pod that this rule is about declares a port named `web`, so the entry matches nothing',
  ])
  const old = guard(
    { ingress: [{ action: 'Allow', from: [IN_ALL], ports: [{ namedPort: 'web' }] }] },
    'AdminNetworkPolicy',
  )
  expect(said(pod('dns', {}, udp), old)).toEqual([
    'spec.ingress[0].ports[0]: no pod that this rule is about declares a port named `web`, so the entry matches nothing',
  ])
  const initContainers = [{ name: 'i', image: 'i', ports: [{ name: 'web', containerPort: 80 }] }]
  expect(said(pod('dns', {}, { ...udp, initContainers }), old)[0]).toContain('only init containers do')
})

test('NP118: names are those of what a rule leads to: the subject of ingress, the peers of egress', () => {
  const protocols = [{ destinationNamedPort: 'web' }]
  const subject = { pods: { podSelector: APP('client') } }
  const client = pod('client', { app: 'client' }, { containers: [{ name: 'c', image: 'i' }] })
  const server = pod('server', { app: 'server' })
  const said = (spec: object) => saidOf('NP118', SHOP, client, server, guard({ subject, ...spec })).length
  const to = (app: string) => [{ pods: { podSelector: APP(app) } }]
  expect(said({ ingress: [{ action: 'Deny', from: to('server'), protocols }] })).toBe(1)
  expect(said({ egress: [{ action: 'Deny', to: to('server'), protocols }] })).toBe(0)
  expect(said({ egress: [{ action: 'Deny', to: to('client'), protocols }] })).toBe(1)
  expect(said({ egress: [{ action: 'Deny', to: [...to('client'), ...to('server')], protocols }] })).toBe(0)
  // Nobody is named, or nobody that has ports: NP145 is about those
  expect(said({ egress: [{ action: 'Deny', to: to('nobody'), protocols }] })).toBe(0)
  expect(said({ egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }], protocols }] })).toBe(0)
})

test('NP115, NP118: nothing is said of pods that nobody knows all of', () => {
  const broken = { ...pod('api', { app: 'api' }), spec: { containers: 'none' } }
  const policy = guard({ subject: { pods: { podSelector: APP('api') } }, ingress: DENY_ALL })
  const { diagnostics } = load([SHOP, pod('web', {}), broken, policy], { keepGoing: true })
  expect(diagnostics.filter(({ code }) => code === 'NP115')).toEqual([])
})

test('NP149, C-16: a policy that denies all of one family and says nothing of the other', () => {
  const said = (...rules: readonly object[]) => saidOf('NP149', SHOP, pod('web', {}), guard({ egress: rules }))
  const deny = (...networks: readonly string[]) => ({ action: 'Deny', to: [{ networks }] })
  const protocols = [{ tcp: { destinationPort: { number: 25 } } }]
  expect(said(deny('0.0.0.0/1', '128.0.0.0/1'))).toEqual([
    'spec.egress[0]: the policy denies every IPv4 address and says nothing of IPv6',
  ])
  expect(said({ action: 'Pass', to: [IN_ALL] }, { ...deny('::/0'), protocols })).toEqual([
    'spec.egress[1]: the policy denies every IPv6 address on some ports and says nothing of IPv4',
  ])
  expect(said(deny('0.0.0.0/0'), deny('2000::/3'))).toEqual([])
  // Host names nobody can tell: the rule denies everything (C-18)
  expect(said(deny('0.0.0.0/0'), { action: 'Deny', to: [{ domainNames: ['www.example.com'] }] })).toEqual([])
})

test('C-34: a name of a hundred characters is taken, however many bytes they are', () => {
  const named = (name: string) => load([guard({ ingress: [{ ...DENY_ALL[0], name }] })]).diagnostics
  const codes = (name: string) => named(name).map(({ code }) => code)
  expect(codes('😀'.repeat(100))).not.toContain('NP045')
  expect(codes('😀'.repeat(101))).toContain('NP045')
})
