import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parseCluster, type Cluster } from '../../src/index.js'
import { policies } from '../../src/report/policies/policies.js'
import { run } from '../support/cli-io.js'

const valid = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schemas/policies.json', 'utf8')) as Record<string, unknown>,
)
const POD = `apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
`
const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {env: prod}}
`

type Rule = readonly [action: string, from: string, more?: string]

const FROM = { all: '{namespaces: {}}', dev: '{namespaces: {matchLabels: {env: dev}}}' }

function cnp(name: string, priority: number, rules: readonly Rule[], tier = 'Admin', subject = 'env: prod'): string {
  const listed = rules.map(([action, from, more = '']) => `{action: ${action}, from: [${from}]${more}}`)
  return `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec:
  tier: ${tier}
  priority: ${priority}
  subject: {namespaces: {matchLabels: {${subject}}}}
  ingress: [${listed.join(', ')}]
`
}

const BANP = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: default}
spec: {subject: {namespaces: {}}, ingress: [{name: "open \\e[31m", action: Allow, from: [{namespaces: {}}]}]}
`
const DENY_ALL = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}}
`

function clusterOf(...parts: readonly string[]): Cluster {
  return parseCluster([POD, ...parts].join('---\n'))
}

/** The rules that are never asked, each with the one before it. */
function neverAsked(parts: readonly string[], hostNetwork?: 'enforce'): readonly string[] {
  const { workloads } = policies(clusterOf(NAMESPACE, ...parts), { peer: 'shop/db' }, { hostNetwork })
  const governing = workloads?.[0]?.ingress.policies ?? []
  return governing.flatMap(({ name, rules }) =>
    rules.flatMap(({ path, decidedBefore }) =>
      decidedBefore === undefined ? [] : [`${name} ${path} after ${decidedBefore}`],
    ),
  )
}

test('C-2, C-32: rules have their names, the words of their kind, and policies their priority; the shape fits the schema', () => {
  const cluster = clusterOf(
    NAMESPACE,
    cnp('guard', 7, [
      ['Accept', FROM.dev, ', name: let dev in'],
      ['Pass', FROM.all],
    ]),
    BANP,
  )
  for (const question of [{ peer: 'any' }, { of: 'guard' }, { of: 'default' }])
    expect(valid(policies(cluster, question)), JSON.stringify(valid.errors)).toBe(true)
  expect(policies(cluster, { peer: 'shop/db' }).workloads?.[0]?.ingress.policies).toMatchObject([
    {
      tier: 'Admin',
      priority: 7,
      rules: [
        { name: 'let dev in', action: 'accept', actionWord: 'Accept' },
        { action: 'pass', actionWord: 'Pass' },
      ],
    },
    { tier: 'Baseline', rules: [{ action: 'accept', actionWord: 'Allow' }] },
  ])
  const [guard, last] = policies(cluster, { peer: 'shop/db' }).workloads?.[0]?.ingress.policies ?? []
  expect([guard?.rules[1], last]).not.toContainEqual(expect.objectContaining({ name: null }))
  expect(last).not.toHaveProperty('priority')
})

test('C-7, C-32: text prints names and words, escaped, and which policies are not asked behind isolation', async () => {
  const stdin = [NAMESPACE, POD, cnp('guard', 7, [['Accept', FROM.dev, ', name: let dev in']]), DENY_ALL, BANP].join(
    '---\n',
  )
  const { stdout } = await run(['policies', '-f', '-', 'shop/db'], { stdin })
  expect(stdout.split('\n')).toEqual([
    'shop/db',
    '  ingress  isolated by a policy: only what it lists or the Admin tier accepts is allowed',
    '           guard  (Admin tier, priority 7)  <stdin>:9:1',
    '             spec.ingress[0] "let dev in"  <stdin>:16:13  Accept  from all pods in namespaces with env=dev, all ports',
    '           shop/closed  <stdin>:18:1',
    '             no rules',
    '           default  (Baseline tier)  <stdin>:23:1  never asked, since NetworkPolicies isolate',
    '             spec.ingress[0] "open \\u{1b}[31m"  <stdin>:26:45  Allow  from all pods in all namespaces, all ports',
    '  egress   not isolated: everything is allowed',
    '',
  ])
  const of = await run(['policies', '-f', '-', '--of', 'guard'], { stdin })
  expect(of.stdout).toContain('guard  ClusterNetworkPolicy  (Admin tier, priority 7)  <stdin>:9:1')
  expect(of.stdout).toContain('spec.ingress[0] "let dev in"  <stdin>:16:13  Accept  from all pods')
})

test('C-2: a rule is never asked where one before it, of its policy or of a lower priority number, matches all of it', () => {
  const both: readonly Rule[] = [
    ['Deny', FROM.all],
    ['Accept', FROM.dev, ', protocols: [{tcp: {destinationPort: {number: 80}}}]'],
  ]
  expect(neverAsked([cnp('a', 1, both)])).toEqual(['a spec.ingress[1] after a spec.ingress[0]'])
  expect(neverAsked([cnp('a', 1, both.toReversed())])).toEqual([])
  const apart = [cnp('z', 1, both.slice(0, 1)), cnp('a', 2, both.slice(1))]
  expect(neverAsked(apart)).toEqual(['a spec.ingress[0] after z spec.ingress[0]'])
})

test('C-5: what an earlier rule passes on, no later one of its tier decides, and one of the next tier may', () => {
  const deny = cnp('b', 2, [['Deny', FROM.dev]])
  const baseline = cnp('c', 1, [['Deny', FROM.dev]], 'Baseline')
  expect(neverAsked([cnp('a', 1, [['Pass', FROM.dev]]), deny, baseline])).toEqual([
    'b spec.ingress[0] after a spec.ingress[0]',
  ])
  // A rule that decides everything is of no use to the next tier where some of it has been passed on before
  const some = cnp('a', 1, [
    ['Pass', FROM.dev],
    ['Deny', FROM.all],
  ])
  expect(neverAsked([some, baseline])).toEqual([])
  expect(neverAsked([cnp('a', 1, [['Deny', FROM.all]]), cnp('b', 1, [['Pass', FROM.dev]]), baseline])).toEqual([])
  expect(neverAsked([cnp('a', 1, [['Deny', FROM.all]]), cnp('b', 2, [['Pass', FROM.dev]]), baseline])).toEqual([
    'b spec.ingress[0] after a spec.ingress[0]',
    'c spec.ingress[0] after a spec.ingress[0]',
  ])
})

test('C-8, A-28: nothing is said where another order, or a label that is not in the input, could have the rule asked', () => {
  const deny: readonly Rule[] = [['Deny', FROM.all]]
  expect(neverAsked([cnp('a', 1, deny), cnp('b', 1, deny)])).toEqual([])
  const unknown = clusterOf(cnp('a', 1, deny, 'Admin', 'env: prod'), cnp('b', 2, deny, 'Admin', 'env: prod'))
  const governing = policies(unknown, { peer: 'shop/db' }).workloads?.[0]?.ingress.policies
  expect(governing?.map(({ certainty, rules }) => [certainty, rules[0]?.decidedBefore])).toEqual([
    ['indeterminate', undefined],
    ['indeterminate', undefined],
  ])
})

test('C-11, A-64: NetworkPolicies may see pods on their hosts, which no policy of the cluster does', () => {
  const allow = DENY_ALL.replace('podSelector: {}', 'podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]')
  const parts = [cnp('a', 1, [['Deny', FROM.all]]), allow]
  expect(neverAsked(parts)).toEqual(['closed spec.ingress[0] after a spec.ingress[0]'])
  expect(neverAsked(parts, 'enforce')).toEqual([])
  const onHost = POD.replace('}\n', '}\nspec: {hostNetwork: true}\n').replace('name: db', 'name: host')
  const cluster = clusterOf(NAMESPACE, onHost, parts[0] ?? '')
  expect(policies(cluster, { peer: 'shop/host' }).workloads?.[0]?.ingress.policies).toEqual([])
  expect(policies(cluster, { of: 'a' }).policies).toMatchObject([
    { subjects: ['shop/Pod/db'], rules: [{ peers: [{ workloads: ['shop/Pod/db'] }] }] },
  ])
})

test('C-16, C-21: peers have the numbers that they have in the manifest, and a port name stands for every protocol', () => {
  const cluster = clusterOf(
    NAMESPACE,
    cnp('a', 1, [
      ['Deny', FROM.all, ', protocols: [{destinationNamedPort: web}, {udp: {destinationPort: {number: 53}}}]'],
    ]).concat('  egress: [{action: Deny, to: [{networks: [10.0.0.0/8, 192.168.0.0/16]}, {namespaces: {}}]}]\n'),
  )
  const rules = policies(cluster, { of: 'a' }).policies?.[0]?.rules
  expect(rules?.[0]?.text).toBe('from all pods in all namespaces, UDP 53 and ports named web')
  expect(rules?.[1]?.peers.map(({ path }) => path)).toEqual(['to[0].networks[0]', 'to[0].networks[1]', 'to[1]'])
})

test('what no reader could take in is refused instead of listed for minutes', async () => {
  const pods = Array.from({ length: 3000 }, (_, index) => POD.replace('name: db', `name: db-${index}`))
  const closed = Array.from({ length: 4 }, (_, index) =>
    cnp(
      `c-${index}`,
      index,
      Array.from({ length: 25 }, () => ['Deny', FROM.all] as const),
    ),
  )
  const { code, stderr } = await run(['policies', '-f', '-', 'any'], {
    stdin: [NAMESPACE, ...pods, ...closed].join('---\n'),
  })
  expect(code).toBe(2)
  expect(stderr).toContain('ask about fewer workloads')
})
