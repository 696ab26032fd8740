import { describe, expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { evaluate, testsOf } from '../support/assertions.js'
import { namespace } from '../support/cli-cluster.js'

const names = (many: number) => Array.from({ length: many }, (_, index) => `w${index}`)
const open = (many: number) =>
  [namespace('shop'), ...names(many).map((name) => app({ namespace: 'shop', name }))].join('---\n')
const closed = (many: number) =>
  [open(many), policyOf({ namespace: 'shop', name: 'deny', rules: 'policyTypes: [Ingress, Egress]' })].join('---\n')

/** What is said of a file of tests as a whole. */
const refusals = (manifests: string, tests: string) =>
  evaluate(manifests, tests).diagnostics.flatMap(({ code, message }) => (code === 'NP030' ? [message] : []))
const PAIRS = ['the tests look at more than 5000000 pairs one by one']
const DENY = testsOf('deny shop/any -> shop/any')
const ONLY = 'version: 1\ntests:\n  - {name: b, to: shop/any, ports: [80], allowOnlyFrom: [shop/w1]}'
const CLOSED = `${testsOf('allow shop/w2 -> shop/w1:80')}\nclosed: {namespaces: [shop]}`

describe('tests that look at too many pairs are refused before the first, and as a whole', () => {
  test.each([
    ['expect', DENY],
    ['allowOnlyFrom', ONLY],
    ['closed', CLOSED],
  ])('%s', (_, tests) => {
    expect(refusals(closed(2_300), tests)).toEqual(PAIRS)
  })

  test('several tests that each look at few enough', () => {
    const all = ['a', 'b', 'c'].map((name) => `  - {name: ${name}, from: shop/any, to: shop/any, expect: deny}`)
    const text = ['version: 1', 'tests:', ...all].join('\n')
    expect(refusals(closed(1_300), text)).toEqual(PAIRS)
  })

  test('where another source is asked about for each pair, fewer are too many', () => {
    expect(refusals(closed(600), ONLY)).toEqual(PAIRS)
    expect(refusals(closed(300), ONLY)).toEqual([])
  })
})

test('more pairs that disagree than can be told are refused', () => {
  expect(refusals(open(720), DENY)).toEqual(['more than 500000 pairs disagree with the tests'])
  expect(refusals(open(100), DENY)).toEqual([])
})
