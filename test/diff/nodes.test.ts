import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-nodes-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const LIVE = "uid: u, resourceVersion: '1'"
const side = (name: string, role: string, priority: number) => {
  mkdirSync(join(folder, name))
  const objects = [
    `{ apiVersion: v1, kind: Namespace, metadata: { name: x, labels: { ns: x } } }`,
    `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: x } }`,
    `{ apiVersion: v1, kind: Pod, metadata: { name: h, namespace: x, ${LIVE} }, spec: { hostNetwork: true, nodeName: n1, containers: [{ name: c, image: i }] }, status: { phase: Running, podIP: 192.168.9.1, hostIP: 192.168.9.1 } }`,
    `{ apiVersion: v1, kind: Node, metadata: { name: n1, ${LIVE}, labels: { role: ${role} } }, status: { addresses: [{ type: InternalIP, address: 192.168.9.1 }] } }`,
    `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: guard }, spec: { tier: Admin, priority: ${priority}, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ nodes: { matchLabels: { role: infra } } }] }] } }`,
  ]
  writeFileSync(join(folder, name, 'all.yaml'), objects.join('\n---\n'))
}

test('C-17: a label of a node that a rule selects is what closes a connection, not the priority that changed as well', async () => {
  side('before', 'worker', 10)
  side('after', 'infra', 20)
  const { stdout } = await run(['diff', join(folder, 'before'), join(folder, 'after')])
  expect(stdout).toContain('edited Node n1 metadata.labels.role: worker -> infra')
  expect(stdout).toContain('- x/a -> x/h')
  expect(stdout).toContain('edited without effect: ClusterNetworkPolicy guard')
})
