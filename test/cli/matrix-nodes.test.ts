import { expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

/** A DaemonSet on the network of its hosts, a pod of it on each of two nodes. */
const AGENT = ['n1', 'n2'].map(
  (node) => `apiVersion: v1
kind: Pod
metadata:
  {name: agent-${node}, namespace: x, uid: u, resourceVersion: '1', labels: {app: agent}, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: u, controller: true}]}
spec: {hostNetwork: true, nodeName: ${node}, containers: [{name: c, image: i}]}
status: {phase: Running, hostIP: 192.168.9.${node.slice(1)}, podIP: 192.168.9.${node.slice(1)}}
`,
)

const pod = (name: string, node: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: x, uid: u, resourceVersion: '1', labels: {app: ${name}}}
spec: {nodeName: ${node}, containers: [{name: c, image: i}]}
status: {phase: Running, podIP: 10.0.0.${name.length}, hostIP: 192.168.9.${node.slice(1)}}
`

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: x}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
`

const matrixOf = async (...manifests: readonly string[]) =>
  (await run(['matrix', '-f', '-', '-o', 'list', '--to', 'x/db'], { stdin: manifests.join('---\n') })).stdout

test('A-62: a workload on the network of its hosts is told apart by node, so that what reaches its own node is not closed', async () => {
  expect(await matrixOf(...AGENT, pod('db', 'n1'), DENY)).toBe('x/agent{node=n1} -> x/db  all ports\n')
})

test('A-62: without a pod on the network of a host nodes tell nothing apart', async () => {
  const [agent = ''] = AGENT
  const plain = (node: string) => agent.replaceAll('n1', node).replace('hostNetwork: true, ', '')
  const stdout = await matrixOf(plain('n1'), plain('n2'), pod('db', 'n1'), DENY)
  expect(stdout).not.toContain('node=')
})
