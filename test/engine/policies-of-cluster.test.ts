import { expect, test } from 'vitest'
import { check, matrix, parseCluster } from '../../src/index.js'

const pod = (name: string, address: string, ports = '') => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: x, labels: {app: ${name}}, uid: u-${name}, resourceVersion: '1'}
spec: {containers: [{name: c, image: i${ports}}]}
status: {podIP: ${address}}
`
const HTTP = ', ports: [{name: http, containerPort: 8080}]'
const namespace = '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n'
const policy = (name: string, rules: string, subject = '{namespaces: {}}') => `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: {tier: Admin, priority: 1, subject: ${subject}, ${rules}}
`
const pods = pod('a', '10.0.0.1') + pod('b', '10.0.0.2', HTTP)
const answer = (text: string, port: string) => {
  const cluster = parseCluster(text)
  const { verdict, certainty } = check(cluster, { from: 'x/a', to: `x/b:${port}` })
  const open = (matrix(cluster, { from: 'x/a', to: 'x/b', port }).connections ?? []).filter(
    ({ ports }) => ports.length > 0,
  )
  return [verdict, certainty, open.length > 0 ? 'open' : 'closed', open[0]?.certainty ?? 'certain']
}

test('C-24: a port name opens nothing to networks, also where the same rule opens a number or names pods', () => {
  const egress = (peers: string, ports: string) =>
    namespace +
    pods +
    policy(
      'c',
      `egress: [{action: Accept, to: [${peers}], protocols: [${ports}]}, {action: Deny, to: [{namespaces: {}}]}]`,
    )
  const network = '{networks: [10.0.0.0/8]}'
  const name = '{destinationNamedPort: http}'
  const number = '{tcp: {destinationPort: {number: 8080}}}'
  const open = ['allow', 'certain', 'open', 'certain']
  const closed = ['deny', 'certain', 'closed', 'certain']
  expect(answer(egress(network, name), '8080')).toEqual(closed)
  expect(answer(egress(network, `${name}, ${number}`), '8080')).toEqual(open)
  expect(
    answer(egress(`${network}, {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: b}}}}`, name), '8080'),
  ).toEqual(open)
  expect(
    answer(egress(`${network}, {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: c}}}}`, name), '8080'),
  ).toEqual(closed)
})

test('C-8, A-28: a policy of the same priority that only may match may come first, and so the answer is not certain', () => {
  const text =
    pods +
    policy('a', 'ingress: [{action: Accept, from: [{namespaces: {}}]}]') +
    policy('b', 'ingress: [{action: Deny, from: [{namespaces: {}}]}]', '{namespaces: {matchLabels: {team: web}}}')
  expect(answer(text, '8080')).toEqual(['allow', 'indeterminate', 'open', 'indeterminate'])
  // What stands behind one that surely matches is not asked
  expect(answer(text.replace(/priority: 1(?=.*Deny)/, 'priority: 2'), '8080')).toEqual([
    'allow',
    'certain',
    'open',
    'certain',
  ])
})

test('C-7: a policy that only may isolate a pod in one direction may keep the Baseline tier from the other, in the matrix too', () => {
  const deployment = (name: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: x}
spec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: i}]}}}
`
  const ingressOnly = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: x}
spec: {podSelector: {matchExpressions: [{key: pod-template-hash, operator: In, values: [abc]}]}, policyTypes: [Ingress], ingress: [{}]}
`
  const base = policy('base', 'egress: [{action: Deny, to: [{namespaces: {}}]}]').replace(
    'tier: Admin',
    'tier: Baseline',
  )
  const cluster = parseCluster(namespace + deployment('a') + deployment('b') + ingressOnly + base)
  const { verdict, certainty } = check(cluster, { from: 'x/a', to: 'x/b:80' })
  expect([verdict, certainty]).toEqual(['deny', 'indeterminate'])
  const [pair] = matrix(cluster, { from: 'x/a', to: 'x/b', port: '80' }).connections ?? []
  expect(pair?.possible).toEqual([{ protocol: 'TCP', port: 80, endPort: 80 }])
})
