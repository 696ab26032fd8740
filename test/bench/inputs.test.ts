import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCluster, matrix, type Cluster } from '../../src/index.js'

const PODS = 120
const SHAPES = [
  'shop',
  'tenants',
  'blocks',
  'adversarial',
  'many-ports',
  'policy-per-pod',
  'uniform',
  'open',
  'admin',
  'admin-ties',
]
const root = mkdtempSync(join(tmpdir(), 'netpol-sim-test-'))

afterAll(() => {
  rmSync(root, { recursive: true })
})

// What the bench consists of has no types
const { generate } = (await import(pathToFileURL('bench/generate.js').href)) as {
  generate: (shape: string, pods: number, style: string, folder: string) => { readonly folder: string }
}
const generated = (shape: string, style: string, name: string) => generate(shape, PODS, style, join(root, name)).folder

const podsOf = ({ workloads }: Cluster) => workloads.reduce((sum, { replicas }) => sum + (replicas ?? 0), 0)

describe.each(SHAPES)('the bench measures %s on an input that', (shape) => {
  const [written, live] = ['written', 'live'].map((style) => loadCluster(generated(shape, style, `${shape}-${style}`)))
  if (written === undefined || live === undefined) throw new Error('there are two styles')

  test('loads whole, with as many pods as it should have', () => {
    for (const cluster of [written, live]) {
      expect(cluster.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(cluster.inventory.error).toBe(0)
      expect(Math.abs(podsOf(cluster) - PODS)).toBeLessThanOrEqual(PODS / 6)
    }
  })

  test('means the same in both styles', () => {
    expect(podsOf(live)).toBe(podsOf(written))
    expect(live.policies.length).toBe(written.policies.length)
    expect(live.workloads.map(({ id }) => id)).toEqual(written.workloads.map(({ id }) => id))
    // Live pods have addresses, which blocks may hold; without blocks addresses are no difference
    if (['tenants', 'blocks', 'admin', 'admin-ties'].includes(shape)) return
    expect(matrix(live).connections).toEqual(matrix(written).connections)
  })
})

test('an input of the bench is the same each time', () => {
  const [first, second] = ['first', 'second'].map((name) => generated('tenants', 'written', name))
  const textsIn = (folder = '') => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(textsIn(first)).toEqual(textsIn(second))
})
