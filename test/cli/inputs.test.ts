import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run, type World } from '../support/cli-io.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
mkdirSync(join(folder, 'deep/er'), { recursive: true })
writeFileSync(join(folder, 'namespace.yaml'), namespace('a'))
writeFileSync(join(folder, 'deep/pods.yml'), [pod('a', 'x', {}, null), pod('a', 'z', {}, null)].join('---\n'))
writeFileSync(join(folder, 'deep/er/policy.json'), JSON.stringify(denyAll()))
writeFileSync(join(folder, 'notes.txt'), 'not: [a manifest')
writeFileSync(join(folder, 'policy.tmpl'), policy('a', 'odd', 'policyTypes: [Egress]'))
symlinkSync('../namespace.yaml', join(folder, 'deep/link.yaml'))

function denyAll() {
  const metadata = { name: 'deny', namespace: 'a' }
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector: {}, ingress: [] } }
}

/** What was loaded, and what the answer about a/x and a/z is. */
async function load(paths: readonly string[], world: World = {}, flags: readonly string[] = []) {
  const named = paths.flatMap((path) => ['-f', path])
  const { code, stdout, stderr } = await run(['check', ...named, 'a/x', 'a/z:80', '-o', 'json', ...flags], world)
  const { flows } = JSON.parse(stdout) as CheckResult
  return { code, loaded: stderr.trim().split('\n').at(-1), policies: flows[0]?.ingress.policies ?? [] }
}

describe('-f, --filename', () => {
  test('a folder is read with all that is in it, in manifests only, each file once', async () => {
    const { code, loaded, policies } = await load([folder])
    expect([code, loaded]).toEqual([1, 'loaded 1 policy, 2 workloads, 1 namespace from 3 files'])
    expect(policies.map(({ file }) => file)).toEqual([join(folder, 'deep/er/policy.json')])
  })

  test('-R changes nothing', async () => {
    expect(await load([folder], {}, ['-R'])).toEqual(await load([folder]))
  })

  test('it can be given again, and what two paths lead to is read once', async () => {
    const parts = ['namespace.yaml', 'deep/pods.yml', 'deep/er/policy.json'].map((name) => join(folder, name))
    expect(await load(parts)).toEqual(await load([folder]))
    expect(await load([folder, ...parts, `${folder}/deep`])).toEqual(await load([folder]))
  })

  test('a file is read whatever it is called', async () => {
    const { loaded } = await load([folder, join(folder, 'policy.tmpl')])
    expect(loaded).toBe('loaded 2 policies, 2 workloads, 1 namespace from 4 files')
  })

  test('the place of a rule has the path as it was given', async () => {
    const relative = 'fixtures/clusters/demo'
    for (const path of [relative, `./${relative}`, `${relative}/`, join(process.cwd(), relative)]) {
      const { stdout } = await run(['check', '-f', path, 'shop/storefront', 'shop/orders-db:5432'])
      expect(stdout).toContain(` ${path.replace(/\/$/, '')}/policies.yaml:2:1 `)
    }
  })

  test('- is standard input, whose place is <stdin>', async () => {
    const stdin = [pod('a', 'x', {}, null), pod('a', 'z', {}, null), policy('a', 'deny', 'ingress: []')].join('---\n')
    const { code, loaded, policies } = await load(['-'], { stdin })
    expect([code, loaded]).toEqual([1, 'loaded 1 policy, 2 workloads, 1 namespace from 1 file'])
    expect(policies).toMatchObject([{ file: '<stdin>', line: 11, column: 1 }])
  })

  test('- goes together with files, and is read once', async () => {
    const stdin = policy('a', 'more', 'policyTypes: [Egress]')
    const { loaded } = await load([folder, '-', '-'], { stdin })
    expect(loaded).toBe('loaded 2 policies, 2 workloads, 1 namespace from 4 files')
  })

  test('standard input may be JSON, even a List', async () => {
    const items = [
      denyAll(),
      ...['x', 'z'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'a' } })),
    ]
    const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    expect((await load(['-'], { stdin })).loaded).toBe('loaded 1 policy, 2 workloads, 1 namespace from 1 file')
  })

  test('without it the current folder is read', async () => {
    const before = process.cwd()
    const here = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
    cpSync('fixtures/clusters/production', here, { recursive: true })
    try {
      process.chdir(here)
      const { code, stdout } = await run(['check', 'production/frontend', 'production/backend:8080'])
      expect([code, stdout]).toEqual([0, expect.stringContaining(' production.yaml:55:7 ')])
    } finally {
      process.chdir(before)
      rmSync(here, { recursive: true })
    }
  })
})

test.each([
  [99, 0],
  [100, 1],
  [250, 1],
])('of %i documents the process is told that there is much to read %i times', async (count, times) => {
  const stdin = Array.from({ length: count }, (_, index) => pod('a', `x${index}`, {}, null)).join('---\n')
  let told = 0
  const { code } = await run(['check', '-f', '-', 'a/x0', 'a/x1:80', '-q'], { stdin, expectMuch: () => (told += 1) })
  expect(code).toBe(0)
  expect(told).toBe(times)
})
