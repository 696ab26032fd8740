import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const DEMO = ['check', '-f', 'fixtures/clusters/demo']
const PRODUCTION = ['check', '-f', 'fixtures/clusters/production']
const MANY = [...PRODUCTION, 'production/any', 'production/backend:8080']
const BOX = /[\u2500-\u259f]/

describe('a table', () => {
  test('has lines around its cells on a terminal', async () => {
    const { stdout } = await run(MANY, { stdout: 120 })
    expect(stdout).toMatch(BOX)
    expect(stdout).toMatch(/│.*allowed.*│.*production\/frontend.*│/)
  })

  test('has none off a terminal, with aligned columns instead', async () => {
    const { stdout } = await run(MANY)
    expect(stdout).not.toMatch(BOX)
    expect(stdout).toContain('verdict  from                 to                  port      egress')
    expect(stdout).toMatch(/^allowed {2}production\/frontend {2}production\/backend {2}8080\/TCP {2}not-isolated/m)
    expect(stdout).not.toMatch(/ $/m)
  })

  test('has none off a terminal in colour either', async () => {
    expect((await run([...MANY, '--color=always'])).stdout).not.toMatch(BOX)
  })

  test('gives way to a line for each flow where it does not fit', async () => {
    const { stdout } = await run([...MANY, '--color=never'], { stdout: 60 })
    expect(stdout).not.toMatch(BOX)
    expect(stdout).toMatch(
      /^DENIED {2}production\/batch -> production\/backend {2}8080\/TCP\nALLOWED {2}production\/frontend/m,
    )
  })

  test('no run moves the cursor', async () => {
    for (const argv of [MANY, [...DEMO, 'any', 'any'], ['demo']]) {
      const { stdout, stderr } = await run(argv, { stdout: 80, stderr: 80 })
      // eslint-disable-next-line no-control-regex -- control characters are what this looks for
      expect(`${stdout}${stderr}`).not.toMatch(/\r|\u0007|\u0008|\u001b(?!\[[0-9;]*m)/)
    }
  })
})

const QUESTIONS = [
  [...DEMO, 'shop/storefront', 'shop/orders-db:5432'],
  [...DEMO, 'shop/storefront', 'shop/orders-db:5432', '-v'],
  [...DEMO, 'shop/checkout', 'shop/orders-db'],
  [...DEMO, 'any', 'any'],
  [...DEMO, 'internet', 'shop/cart:metrics'],
  [...DEMO, 'shop/cart', 'shop/ordersdb'],
  ['check', '-f', 'fixtures/invalid', 'any', 'any'],
  ['check', '-f', 'fixtures/invalid', '--keep-going', 'any', 'any:80', '-v'],
  ['check', '-f', 'fixtures/scenarios', '--lenient', 'any', 'any:80'],
]

/** A word, a place or a command that is longer than the line may not be broken: people copy it. */
const UNBREAKABLE = /^ *(?:--> |= )?\S+$|^(?: {2}|try: )(?:kustomize build .*)?netpol-sim /

describe.each([40, 60, 80])('in %d columns', (columns) => {
  test.each(QUESTIONS.map((argv) => [argv.slice(1).join(' '), argv] as const))('%s fits', async (_, argv) => {
    const { stdout, stderr } = await run([...argv, '--color=always'], { stdout: columns, stderr: columns })
    // eslint-disable-next-line no-control-regex -- colours begin with one
    const lines = `${stdout}${stderr}`.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n')
    expect(lines.filter((line) => line.length > columns && !UNBREAKABLE.test(line))).toEqual([])
  })

  test('a broken line keeps its words, and its beginning', async () => {
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')
    const argv = [...DEMO, 'shop/storefront', 'shop/orders-db:5432', '--color=never']
    const [narrow, wide] = [await run(argv, { stdout: columns }), await run(argv)]
    expect(words(narrow.stdout)).toEqual(words(wide.stdout))
    expect(narrow.stdout).toMatch(/^DENIED {2}shop\/storefront ->/)
    expect(narrow.stdout).toMatch(/^ {2}egress {3}allowed {2}shop\/storefront/m)
  })
})

test('off a terminal lines are as long as they need to be', async () => {
  const { stdout } = await run([...DEMO, 'shop/storefront', 'shop/orders-db:5432'])
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeGreaterThan(200)
})
