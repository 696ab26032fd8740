import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { SHOP, app, policyOf } from '../support/assertion-cluster.js'
import { run } from '../support/cli-io.js'
import { complaints, validator, closed } from '../support/cli-schema.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
const manifests = join(folder, 'k8s.yaml')
const lock = join(folder, 'netpol.lock')

afterAll(() => {
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  writeFileSync(manifests, SHOP)
  rmSync(lock, { force: true })
  expect(await matrix('--update', lock)).toEqual({ code: 0, stdout: '', stderr: '' })
})

const matrix = (...argv: readonly string[]) => run(['matrix', '-f', manifests, '--host-network', 'ignore', ...argv])
const check = (...argv: readonly string[]) => matrix('--check', lock, ...argv)
const text = () => readFileSync(lock, 'utf8')

describe('matrix --update', () => {
  test('writes what no policy isolates, and what does not follow from that', () => {
    expect(text()).toBe(
      [
        '# netpol-sim lock v1',
        // It may share their node
        ...['shop/Deployment/db', 'tenant-a/Deployment/app', 'tenant-b/Deployment/app'].map(
          (id) => `monitoring/Deployment/agent\t${id}\tnone\tcertain\tany`,
        ),
        'shop/Deployment/api\tshop/Deployment/db\t5432/TCP',
        ...['monitoring/Deployment/agent', 'monitoring/Deployment/scraper'].map((id) => `unprotected\tegress\t${id}`),
        ...['api', 'db', 'mute', 'web'].map((name) => `unprotected\tegress\tshop/Deployment/${name}`),
        ...['a', 'b'].map((name) => `unprotected\tegress\ttenant-${name}/Deployment/app`),
        ...['monitoring/Deployment/agent', 'monitoring/Deployment/scraper'].map((id) => `unprotected\tingress\t${id}`),
        ...['api', 'mute', 'web'].map((name) => `unprotected\tingress\tshop/Deployment/${name}`),
        '',
      ].join('\n'),
    )
  })

  test('writes the same bytes again, whole or not at all, and never over an input', async () => {
    const before = text()
    await matrix('--update', lock)
    expect(text()).toBe(before)
    expect((await matrix('--update', manifests)).code).toBe(2)
    expect(readFileSync(manifests, 'utf8')).toBe(SHOP)
    expect((await matrix('--update', join(folder, 'nowhere/netpol.lock'))).code).toBe(2)
    writeFileSync(manifests, 'kind: NetworkPolicy')
    expect((await matrix('--update', lock)).code).toBe(2)
    expect(text()).toBe(before)
  })
})

describe('matrix --check', () => {
  test('is silent where nothing differs, with CRLF as well, and writes nothing', async () => {
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' })
    writeFileSync(lock, text().replaceAll('\n', '\r\n'))
    const before = text()
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(text()).toBe(before)
  })

  test('prints a unified diff from the file to the present, and how to update', async () => {
    const more = policyOf({
      namespace: 'shop',
      name: 'api',
      select: { app: 'api' },
      rules: 'ingress: [{ports: [{port: 8080}]}]',
    })
    writeFileSync(manifests, `${SHOP}---\n${more}`)
    const { code, stdout, stderr } = await check()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^--update .*netpol\.lock writes what is now/)
    expect(stdout).toMatch(/^--- .*netpol\.lock\n\+\+\+ .*netpol\.lock\n@@ -1,\d+ \+1,\d+ @@\n # netpol-sim lock v1\n/)
    expect(stdout).toContain('\n+external:0.0.0.0/0,::/0\tshop/Deployment/api\t8080/TCP\n')
    expect(stdout).toContain('\n-unprotected\tingress\tshop/Deployment/api\n')
    await matrix('--update', lock)
    expect((await check()).code).toBe(0)
  })

  test('-o json has the lines', async () => {
    writeFileSync(manifests, `${SHOP}---\n${app({ namespace: 'shop', name: 'new' })}`)
    const { code, stdout } = await check('-o', 'json')
    const result = JSON.parse(stdout) as unknown
    expect([code, result]).toEqual([
      1,
      {
        schemaVersion: 1,
        command: 'matrix',
        lock: {
          file: lock,
          matches: false,
          added: ['unprotected\tegress\tshop/Deployment/new', 'unprotected\tingress\tshop/Deployment/new'],
          removed: [],
        },
      },
    ])
    const schema = JSON.parse(readFileSync('schemas/lock.json', 'utf8')) as Record<string, unknown>
    expect(complaints(validator(closed(schema)), result)).toEqual([])
  })

  test.each([
    ['another first line', () => text().replace('v1', 'v2')],
    ['an empty file', () => ''],
    ['a line twice', () => `${text()}unprotected\tingress\tshop/Deployment/web\n`],
    ['markers of a conflict', () => text().replace('\n', '\n<<<<<<< HEAD\n')],
  ])('%s is exit 2', async (_, change) => {
    writeFileSync(lock, change())
    const { code, stdout, stderr } = await check()
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('error[NP038]')
  })

  test('a missing file is exit 2', async () => {
    rmSync(lock)
    expect(await check()).toMatchObject({ code: 2, stdout: '' })
  })

  test('without an answer -o json is JSON all the same', async () => {
    writeFileSync(manifests, 'kind: NetworkPolicy')
    const { code, stdout } = await check('-o', 'json')
    expect([code, JSON.parse(stdout)]).toEqual([2, expect.objectContaining({ command: 'matrix', connections: null })])
  })

  test('hostile lines of the file make no lines of their own', async () => {
    writeFileSync(lock, `${text()}\u001b[2J\t::error::x\n`)
    const { stdout, code } = await check()
    expect(code).toBe(1)
    expect(stdout).not.toContain('\u001b')
  })
})

test.each([
  ['--from', 'shop/web'],
  ['--to', 'shop/web'],
  ['--port', '80'],
  ['--within', 'shop'],
  ['--pods'],
  ['-o', 'csv'],
])('%s does not go with a lock file', async (...argv) => {
  expect((await check(...argv)).code).toBe(2)
  expect((await matrix('--update', lock, ...argv)).code).toBe(2)
})
