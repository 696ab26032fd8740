import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DISK } from '../../src/load/files/disk.js'
import { loadSides } from '../../src/load/load-sides.js'
import { formatAddress } from '../../src/net/address.js'
import { LIVE } from '../support/live.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-sides-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const pod = (name: string, spec = {}, status = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...LIVE, namespace: 'x', name },
  spec: { nodeName: 'n1', containers: [], ...spec },
  status: { phase: 'Running', ...status },
})
const node = (address: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { ...LIVE, name: 'n1' },
  status: { addresses: [{ type: 'InternalIP', address }] },
})
const write = (file: string, ...objects: readonly object[]) => {
  writeFileSync(join(folder, file), objects.map((object) => JSON.stringify(object)).join('\n---\n'))
}

/** Loads what is in the folder, and the same with another text in one file. */
function sidesWith(file: string, text: string) {
  const fileSystem = {
    ...DISK,
    open(path: Buffer) {
      const opened = DISK.open(path)
      return path.toString().endsWith(file) ? { ...opened, whole: () => Buffer.from(text) } : opened
    },
  }
  return loadSides({ paths: [folder], options: {} }, { paths: [folder], options: { fileSystem } })
}

test('sides share the workloads of files that both have', () => {
  write('a.yaml', pod('a'))
  write('b.yaml', pod('b'))
  const { base, head } = sidesWith('b.yaml', `# nothing\n${JSON.stringify(pod('b'))}`)
  const [shared, other] = base.workloads
  expect(head.workloads.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(head.workloads[0]).toBe(shared)
  expect(head.workloads[1]).not.toBe(other)
  expect(head.workloads[1]?.pods).toEqual(other?.pods)
})

test('D-10: a pod on a node that has another address on the other side is another one there', () => {
  write('a.yaml', pod('a', { hostNetwork: true }))
  write('b.yaml', node('192.168.9.1'))
  const { base, head } = sidesWith('b.yaml', JSON.stringify(node('192.168.9.2')))
  const addressesOf = ({ workloads }: typeof base) => workloads[0]?.pods[0]?.nodeAddresses.map(formatAddress)
  expect([addressesOf(base), addressesOf(head)]).toEqual([['192.168.9.1'], ['192.168.9.2']])
})
