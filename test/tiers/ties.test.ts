import { expect, test } from 'vitest'
import { matrixOf } from '../../src/analyze/class-matrix.js'
import { check, matrix, parseCluster } from '../../src/index.js'

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: x, labels: {app: ${name}}}\nspec: {containers: []}\n---\n`
const ofCluster = (name: string, rules: string) =>
  `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: {tier: Admin, priority: 10, subject: {namespaces: {}}, ingress: [${rules}]}
---
`
const rule = (action: string, more = '') => `{action: ${action}, from: [{namespaces: {}}]${more}}`
const on80 = ', protocols: [{tcp: {destinationPort: {number: 80}}}]'
const isolating =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: x}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n'

test('what a policy accepts before it passes on the rest is accepted where its order is open: matrix and check say so (C-8)', () => {
  const passing = ofCluster('opens', `${rule('Accept', on80)}, ${rule('Pass')}`)
  const cluster = parseCluster(pod('a') + pod('b') + ofCluster('denies', rule('Deny', on80)) + passing + isolating)
  const answer = check(cluster, { from: 'x/a', to: 'x/b', port: 80 })
  expect([answer.verdict, answer.certainty]).toEqual(['deny', 'undefined'])
  const between = matrix(cluster).connections?.filter(({ from, to }) => from === 'x/Pod/a' && to === 'x/Pod/b')
  expect(between).toMatchObject([{ ports: [], possible: [{ protocol: 'TCP', port: 80 }] }])
})

test('what policies of a tier say is found once for all whom the same of them govern, also where their order is open', () => {
  const names = Array.from({ length: 30 }, (_, index) => `p${index}`)
  const opened = (priorityOf: (index: number) => number) => {
    const own = (name: string) =>
      `{action: Accept, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: ${name}}}}}]${on80}}`
    const policies = names.map((name, index) =>
      ofCluster(name, `${own(name)}, ${rule('Deny')}`).replace('priority: 10', `priority: ${priorityOf(index)}`),
    )
    const made = matrixOf(parseCluster([...names.map(pod), ...policies].join('')), {})
    for (const one of made.classes.classes) made.rowOf(one).settled()
    return made.sets.counters.opened
  }
  const once = names.length * (names.length + 1)
  expect(opened((index) => index)).toBe(once)
  // As things stand, and with whoever opens or closes most first
  expect(opened(() => 10)).toBe(3 * once)
})
