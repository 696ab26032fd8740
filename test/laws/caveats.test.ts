import { expect, test } from 'vitest'
import { check, matrix, parseCluster } from '../../src/index.js'

const workload = (name: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: x}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
`
const policy = (ingress: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: x}
spec: {podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress], ingress: [${ingress}]}
`
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: x}
spec: {type: NodePort, selector: {app: b}, ports: [{port: 80, targetPort: 8080}]}
`
const MESH = '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: x, labels: {istio.io/dataplane-mode: ambient}}\n'
const BLOCK = '{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: PORT}]}'

test.each([
  [
    'A-83: a Service may replace the address',
    SERVICE + policy(BLOCK.replace('PORT', '8080')),
    '203.0.113.7',
    8080,
    'undefined',
  ],
  [
    'A-83: a Service leads to another port',
    SERVICE + policy(BLOCK.replace('PORT', '9090')),
    '203.0.113.7',
    9090,
    'certain',
  ],
  [
    'A-83: a Service, and every source is let in',
    SERVICE + policy('{ports: [{port: 8080}]}'),
    '203.0.113.7',
    8080,
    'certain',
  ],
  ['A-83: a Service, and nothing isolates', SERVICE, '203.0.113.7', 8080, 'certain'],
  ['a mesh connects to a closed port', MESH + policy('{ports: [{port: 8080}]}'), 'x/a', 8080, 'undefined'],
  ['a mesh connects to an open port', MESH + policy('{ports: [{port: 8080}, {port: 15008}]}'), 'x/a', 8080, 'certain'],
  ['a mesh, and nothing isolates', MESH, 'x/a', 8080, 'certain'],
])('%s: a connection of the matrix is as sure as check says', (_, text, from, port, certainty) => {
  const cluster = parseCluster(workload('a') + workload('b') + text)
  const answer = check(cluster, { from, to: 'x/b', port })
  expect([answer.verdict, answer.certainty]).toEqual(['allow', certainty])
  const { connections } = matrix(cluster, { from, to: 'x/b', port })
  expect(connections?.map((connection) => connection.certainty ?? 'certain')).toEqual([certainty])
})

test.each([
  [
    'A-83: a Service may replace the address of a client that is not let in',
    SERVICE + policy(BLOCK.replace('PORT', '8080')),
    '8.8.8.8',
    8080,
    'undefined',
  ],
  [
    'A-83: a Service leads to another port',
    SERVICE + policy(BLOCK.replace('PORT', '9090')),
    '8.8.8.8',
    9090,
    'certain',
  ],
  ['without a Service', policy(BLOCK.replace('PORT', '8080')), '8.8.8.8', 8080, 'certain'],
  ['a mesh connects to a port that is let in', MESH + policy('{ports: [{port: 15008}]}'), 'x/a', 8080, 'undefined'],
  [
    'a mesh connects to a port that is closed as well',
    MESH + policy('{ports: [{port: 9090}]}'),
    'x/a',
    8080,
    'certain',
  ],
  ['without a mesh', policy('{ports: [{port: 15008}]}'), 'x/a', 8080, 'certain'],
])('%s: what the matrix leaves out is certainly closed', (_, text, from, port, certainty) => {
  const cluster = parseCluster(workload('a') + workload('b') + text)
  const answer = check(cluster, { from, to: 'x/b', port })
  expect([answer.verdict, answer.certainty]).toEqual(['deny', certainty])
  const { connections } = matrix(cluster, { from, to: 'x/b', port })
  const possible = { ports: [], possible: [{ protocol: 'TCP', port, endPort: port }] }
  expect(connections).toMatchObject(certainty === 'certain' ? [] : [possible])
  // The same without a question about one port
  const all = matrix(cluster, { from, to: 'x/b' }).connections ?? []
  const isPossible = all.some((line) => line.possible?.some((one) => one.port <= port && port <= one.endPort) === true)
  expect(isPossible).toBe(certainty !== 'certain')
})
