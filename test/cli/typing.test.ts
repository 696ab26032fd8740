import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const DEMO = 'fixtures/clusters/demo'

describe('what people type is answered with what to write instead', () => {
  test.each([
    [
      'check without peers',
      ['check'],
      /name both ends[^]*netpol-sim check -f k8s\/ shop\/web shop\/db:5432\n[^]*internet/,
    ],
    ['check with one peer', ['check', 'shop/web'], /name the other end, too/],
    [
      'a glob that the shell expanded',
      ['check', '-f', `${DEMO}/namespaces.yaml`, `${DEMO}/shop.yaml`, 'shop/cart', 'shop/orders-db'],
      /the shell expanded a glob.*netpol-sim check -f fixtures\/clusters\/demo\/ shop\/cart shop\/orders-db/,
    ],
    ['a glob in quotes', ['matrix', '-f', 'k8s/*.yaml'], /NP001.*`k8s\/\*\.yaml`[^]*-f takes no globs/],
    ['two paths with a comma', ['matrix', '-f', 'a.yaml,b.yaml'], /-f a\.yaml -f b\.yaml/],
    [
      'a URL',
      ['matrix', 'https://example.com/x.yaml'],
      /curl -fsSL 'https:\/\/example\.com\/x\.yaml' \| netpol-sim matrix -f - …/,
    ],
    ['-k', ['matrix', '-k', 'overlays/prod'], /unknown option '-k'[^]*kubectl kustomize DIR \| netpol-sim matrix -f -/],
    [
      'a port in --to',
      ['matrix', DEMO, '--to', 'shop/orders-db:5432'],
      /write the port apart: shop\/orders-db --port 5432/,
    ],
    ['a namespace as a peer', ['check', '-f', DEMO, 'shop', 'shop/cart'], /`shop` is a namespace: `shop\/any`/],
    ['a misspelt flag', ['check', '-f', DEMO, 'a', 'b', '--namespce', 'x'], /did you mean --namespace/i],
  ])('%s', async (_, argv, message) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test('a path that exists is read whatever its name looks like', async () => {
    const { code } = await run(['matrix', 'fixtures/clusters/demo', '-o', 'list'])
    expect(code).toBe(0)
  })

  test('paths of matrix are the same as those behind -f', async () => {
    const behind = await run(['matrix', '-f', `${DEMO}/namespaces.yaml`, '-f', `${DEMO}/shop.yaml`, '-o', 'list'])
    const both = await run(['matrix', `${DEMO}/shop.yaml`, '-f', `${DEMO}/namespaces.yaml`, '-o', 'list'])
    expect(both.stdout).toBe(behind.stdout)
    expect(both.stdout).not.toBe('')
  })
})

describe('help', () => {
  test.each([
    ['the program', ['--help'], ['Examples:', 'netpol-sim demo', 'Exit codes:', 'Documentation:']],
    ['check', ['check', '--help'], ['Examples:', 'Peers:', 'Ports:', 'Exit codes:', 'Documentation:']],
    ['matrix', ['matrix', '--help'], ['Examples:', 'Peers:', 'Exit codes:', 'Documentation:']],
  ])('of %s has examples, exit codes and the place of the documentation', async (_, argv, parts) => {
    const { code, stdout } = await run(argv)
    expect(code).toBe(0)
    for (const part of parts) expect(stdout).toContain(part)
    const own = stdout.slice(stdout.indexOf('Examples:'), stdout.indexOf('Documentation:'))
    expect(own.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

describe('completion', () => {
  const complete = async (...words: string[]) =>
    (await run(['complete-word', '--', ...words])).stdout.trim().split('\n')

  test.each(['bash', 'zsh', 'fish'])('there is a script for %s', async (shell) => {
    const { code, stdout } = await run(['completion', shell])
    expect(code).toBe(0)
    expect(stdout).toContain('netpol-sim complete-word')
  })

  test('commands, flags and their choices', async () => {
    expect(await complete('ma')).toEqual(['matrix'])
    expect(await complete('')).not.toContain('complete-word')
    expect(await complete('matrix', '--outp')).toEqual(['--output', '--output-file'])
    expect(await complete('check', '-o', '')).toEqual(['text', 'json'])
  })

  test('peers and their ports come from the input', async () => {
    expect(await complete('check', '-f', DEMO, 'shop/o')).toEqual(['shop/orders-db', 'shop/orders-report'])
    expect(await complete('check', '-f', DEMO, '-n', 'shop', 'orders-d')).toEqual(['orders-db'])
    expect(await complete('matrix', `--filename=${DEMO}`, '--to', 'inter')).toEqual(['internet'])
    expect(await complete('check', '-f', DEMO, 'any', 'shop/orders-db:54')).toEqual(['shop/orders-db:5432'])
  })
})
