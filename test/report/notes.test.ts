import { describe, expect, test } from 'vitest'
import { check, parseCluster, type CheckOptions } from '../../src/index.js'
import { checkText } from '../../src/report/check-text.js'
import { PLAIN } from '../../src/report/style.js'

const POD = (name: string, more = '') =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: x, labels: {app: ${name}}, uid: u-${name}, resourceVersion: '1'}\n${more}`
const POLICY = (app: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: x}
spec:
  podSelector: {matchLabels: {app: ${app}}}
${spec}`

function notesOf(text: string, from: string, to: string, options: CheckOptions = {}): readonly string[] {
  const { flows, diagnostics } = check(parseCluster(text), { from, to }, options)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return flows.flatMap(({ notes }) => notes.map(({ code, message, ref }) => `${code} ${ref ?? '-'}: ${message}`))
}

describe('a note says only what is known', () => {
  const toBlock = POLICY('a', '  policyTypes: [Egress]\n  egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]\n')

  test('A-43: the pod whose address a block meets is the one at the other end of the policy', () => {
    const [note] = notesOf(POD('a') + POD('b') + toBlock, 'x/a', 'x/b:80', { podCidrs: ['10.1.0.0/16'] })
    expect(note).toMatch(/^ipblock-pod-address x\/np spec\.egress\[0\]: .* the pod x\/b;/)
  })

  test('A-45: --pod-cidr is offered for pods, and Nodes from kubectl for what is on the network of a node', () => {
    expect(notesOf(POD('a') + POD('b') + toBlock, 'x/a', 'x/b:80').join()).toMatch(/pod-address-unknown .*--pod-cidr/)
    const [note] = notesOf(POD('a') + POD('h', 'spec: {hostNetwork: true}\n') + toBlock, 'x/a', 'x/h:80')
    expect(note).toMatch(
      /^host-address-unknown x\/np spec\.egress\[0\]\.to\[0\]: the address of x\/h.*kubectl get nodes/,
    )
    expect(note).not.toContain('--pod-cidr')
  })

  test('A-45: the note is about the entry that could hold the address, not about one of the other family', () => {
    const from = '  ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]\n'
    const [note] = notesOf(POD('a', 'status: {podIP: 10.1.0.1}\n') + POD('b') + POLICY('a', from), 'x/b', 'x/a:80')
    expect(note).toContain('x/np spec.ingress[0].from[1]')
  })

  test('A-63: a pod whose node is unknown is not said to connect to its own node', () => {
    const node =
      '---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {addresses: [{type: InternalIP, address: 10.9.0.2}]}\n'
    const to443 = POLICY('a', '  policyTypes: [Egress]\n  egress: [{ports: [{port: 443}]}]\n')
    const notes = notesOf(POD('a') + node + to443, 'x/a', 'node/n1:6443')
    expect(notes.map((note) => note.split(' ', 1).join())).toEqual(['own-node-egress', 'node-unknown'])
    expect(notes.join()).not.toContain('connects to its own node')
  })
})

describe('a policy with many peers that the input does not settle', () => {
  const peers = (count: number) =>
    Array.from({ length: count }, (_, at) => `{namespaceSelector: {matchLabels: {app: q${at}}}}`).join(', ')
  const asked = (count: number) =>
    check(parseCluster(POD('a') + POD('b') + POLICY('a', `  ingress: [{from: [${peers(count)}]}]\n`)), {
      from: 'x/b',
      to: 'x/a:80',
    })

  test('a hundred notes of a code are told, and the number of the others', () => {
    const [few, many] = [asked(100), asked(250)].map(({ flows }) => flows[0])
    expect([few?.notes.length, few?.omittedNotes]).toEqual([100, undefined])
    expect([many?.notes.length, many?.omittedNotes]).toEqual([100, 150])
    expect(many?.certainty).toBe('indeterminate')
  })

  test('in text, notes that say the same are one, with the fields it is about', () => {
    const text = checkText(asked(250), PLAIN, 'normal')
    const [note, ...others] = text.split('\n').filter((line) => line.includes('note'))
    expect(note).toMatch(
      /^ {2}note \(indeterminate\): .* unknown \[x\/np spec\.ingress\[0\]\.from\[0\], .*from\[2\] and 97 more\]$/,
    )
    expect(others).toEqual(['  150 more notes of these kinds are not shown'])
  })
})
