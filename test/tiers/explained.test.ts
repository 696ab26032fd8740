import { expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'
import { ask } from '../support/cli-io.js'

const namespace = (name: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ns: ${name} } }`
const pod = (ns: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: ${ns}, labels: { app: a } }`
const policy = (tier: string, name: string, ...rules: string[]) =>
  [
    'apiVersion: policy.networking.k8s.io/v1alpha2',
    'kind: ClusterNetworkPolicy',
    `metadata: { name: ${name} }`,
    'spec:',
    `  tier: ${tier}`,
    '  priority: 10',
    '  subject: { namespaces: { matchLabels: { ns: x } } }',
    '  ingress:',
    ...rules.map((rule) => `    - { ${rule} }`),
  ].join('\n')
const from = (ns: string) => `from: [{ namespaces: { matchLabels: { ns: ${ns} } } }]`
const ALL = 'from: [{ namespaces: {} }]'
const input = (...policies: string[]) =>
  [...['x', 'dev', 'mon'].map(namespace), ...['x', 'dev', 'mon'].map(pod), ...policies].join('\n---\n')

const PASSING = input(
  policy('Admin', 'teams', `action: Accept, ${from('mon')}`, `name: teams decide, action: Pass, ${from('dev')}`),
  policy('Baseline', 'closed', `action: Deny, ${ALL}`, `action: Accept, ${from('dev')}`),
)

test('C-1, C-5: the tiers are told in the order in which they decide, with names of rules and their places', async () => {
  const { stdout } = await ask(PASSING, ['dev/a', 'x/a:80'])
  const line = stdout.split('\n').find((one) => one.includes('Admin:'))
  expect(line?.trim()).toBe(
    'Admin: pass (cnp/teams rule 2 "teams decide", <stdin>:34:7) → NetworkPolicy: not isolated → Baseline: deny (cnp/closed rule 1, <stdin>:44:7)',
  )
})

test('C-2: JSON has the tiers, and the rule that decided with its action', () => {
  const [flow] = check(parseCluster(PASSING), { from: 'dev/a', to: 'x/a:80' }).flows
  const { tiers, rules, reason } = flow?.ingress ?? {}
  expect(reason).toBe('baseline-deny')
  expect(tiers?.map(({ tier, decision }) => [tier, decision])).toEqual([
    ['Admin', 'pass'],
    ['NetworkPolicy', 'not-isolated'],
    ['Baseline', 'deny'],
  ])
  expect(rules).toMatchObject([
    { kind: 'ClusterNetworkPolicy', policy: 'closed', action: 'Deny', path: 'spec.ingress[0]' },
  ])
  expect(tiers?.[0]?.rules).toMatchObject([{ name: 'teams decide', action: 'Pass' }])
  expect(flow?.egress.tiers).toBeUndefined()
})

test('C-2: for a denial the accepting rules before it say what they lacked; with verbose others too, and those behind it', () => {
  const ask = (verbose: boolean) =>
    check(parseCluster(PASSING), { from: 'dev/a', to: 'x/a:80' }, { verbose }).flows[0]?.ingress
  const told = (verbose: boolean) => ask(verbose)?.nearMisses.map(({ policy: name, path }) => `${name} ${path}`)
  expect(told(false)).toEqual(['teams spec.ingress[0]'])
  expect(ask(false)?.nearMisses[0]?.message).toContain('wants a namespace with ns=mon')
  expect(ask(false)?.shadowed).toBeUndefined()
  expect(ask(true)?.shadowed).toMatchObject([{ policy: 'closed', path: 'spec.ingress[1]', action: 'Accept' }])
})

test('without policies of the cluster nothing is said of tiers', () => {
  const { egress, ingress } = check(parseCluster(input()), { from: 'dev/a', to: 'x/a:80' }).flows[0] ?? {}
  expect([egress?.tiers, ingress?.tiers]).toEqual([undefined, undefined])
})

test('C-5: a rule that lacks the port says what it does with those that it names', () => {
  const only = (action: string, port: number) =>
    `action: ${action}, ${ALL}, protocols: [{ tcp: { destinationPort: { number: ${port} } } }]`
  const text = input(policy('Admin', 'ports', only('Pass', 81), only('Deny', 82), only('Accept', 83)))
  const { ingress } = check(parseCluster(text), { from: 'dev/a', to: 'x/a:80' }, { verbose: true }).flows[0] ?? {}
  expect(ingress?.nearMisses.map(({ message }) => message).sort()).toEqual([
    'allows 83/TCP, you asked for 80/TCP',
    'denies 82/TCP, you asked for 80/TCP',
    'passes on 81/TCP, you asked for 80/TCP',
  ])
})
