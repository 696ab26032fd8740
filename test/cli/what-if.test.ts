import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { namespace, pod } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

const DENY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\n'
const CLOSED = `${DENY}spec: {podSelector: {}}\n`
const OPEN = `${DENY}spec: {podSelector: {}, ingress: [{}]}\n`
let folder = ''
const at = (name: string) => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'what-if-'))
  const objects = [namespace('shop'), pod('shop', 'web', {}, null), pod('shop', 'db', {}, null), CLOSED]
  writeFileSync(at('all.yaml'), objects.join('---\n'))
  writeFileSync(at('open.yaml'), OPEN)
  writeFileSync(at('other.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n')
  writeFileSync(at('tests.yaml'), 'version: 1\ntests:\n- allow shop/web -> shop/db:80\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const input = () => ['-f', at('all.yaml')]
const question = ['shop/web', 'shop/db:80']

describe('--with', () => {
  test('puts objects in the place of those of their name, in every command', async () => {
    expect((await run(['check', ...input(), ...question])).code).toBe(1)
    const answer = await run(['check', ...input(), '--with', at('open.yaml'), ...question, '-v'])
    expect(answer.code).toBe(0)
    expect(answer.stdout).toContain('open.yaml:')
    expect(answer.stderr).toContain('what-if: NetworkPolicy shop/deny replaced')
    const tests = ['test', at('tests.yaml'), ...input()]
    expect((await run(tests)).code).toBe(1)
    expect((await run([...tests, '--with', at('open.yaml')])).code).toBe(0)
    const matrix = await run(['matrix', ...input(), '--with', at('open.yaml'), '-o', 'list'])
    expect(matrix.stdout).toMatch(/^shop\/web -> shop\/db/m)
  })

  test('reads standard input', async () => {
    const { code } = await run(['check', ...input(), '--with', '-', ...question], { stdin: OPEN })
    expect(code).toBe(0)
  })

  test.each(['other.yaml', 'missing.yaml'])('gives no answer for %s, which holds nothing', async (name) => {
    const { code, stderr } = await run(['check', ...input(), '--with', at(name), '--keep-going', ...question])
    expect(stderr).toContain(name)
    expect(code).toBe(2)
  })
})

test('no output takes the place of the file of --with', async () => {
  const { code } = await run([
    'check',
    ...input(),
    '--with',
    at('open.yaml'),
    ...question,
    '--output-file',
    at('open.yaml'),
  ])
  expect(code).toBe(2)
})

test('a change of a label that is not one is refused before anything is read', async () => {
  const { code, stderr } = await run(['check', ...input(), '--label', 'shop/web', ...question])
  expect(stderr).toContain('is not a change of a label')
  expect(code).toBe(2)
})

test('what others rely on is written of the input as it is', async () => {
  const update = await run(['matrix', ...input(), '--without', 'shop/deny', '--update', at('lock')])
  expect(update.stderr).toContain('does not go with `--without`')
  expect(update.code).toBe(2)
  expect((await run(['init', ...input(), '--without', 'shop/deny'])).code).toBe(2)
})

test('diff with only these compares the input with itself changed', async () => {
  const { code, stdout } = await run(['diff', ...input(), '--without', 'shop/deny', '-o', 'json'])
  const { changes } = JSON.parse(stdout) as { changes: readonly { kind: string; from: string; to: string }[] }
  expect(code).toBe(0)
  expect(changes.map(({ kind, from, to }) => `${kind} ${from} ${to}`)).toContain('added shop/Pod/web shop/Pod/db')
})
