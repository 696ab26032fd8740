import { describe, expect, test } from 'vitest'
import { MOST_OF_A_CODE } from '../../src/load/documents/problem-list.js'
import { parseCluster } from '../../src/load/load.js'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {containers: []}\n---\n'
const policy = (spec: string) =>
  `${POD}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: np, namespace: shop}\nspec:\n  podSelector: {}\n${spec}`

/** What was said of an object, by code: how many with a line, and what stands for the others. */
function said(text: string, code: string) {
  const found = parseCluster(text).diagnostics.filter((diagnostic) => diagnostic.code === code)
  return { listed: found.filter(({ line }) => line !== null), rest: found.filter(({ line }) => line === null) }
}

describe('of many problems of one object the first are listed, and the others are counted', () => {
  test.each([
    ['bare dashes', 'NP107', '  ingress:\n', () => '  -\n'],
    ['numbers that readers take for different ones', 'NP122', '  ingress:\n  - ports:\n', () => '    - {port: 010}\n'],
    ['bad port names', 'NP018', '  ingress:\n  - ports:\n', (index: number) => `    - {port: -${index}a}\n`],
    ['unknown fields', 'NP008', '', (index: number) => `  ingres${index}: x\n`],
  ])('%s', (_, code, head, line) => {
    const count = MOST_OF_A_CODE + 234
    const { listed, rest } = said(policy(head + Array.from({ length: count }, (_, at) => line(at)).join('')), code)
    expect(listed.length).toBe(MOST_OF_A_CODE)
    expect(new Set(listed.map((diagnostic) => diagnostic.line)).size).toBe(MOST_OF_A_CODE)
    expect(rest.map(({ message }) => message)).toEqual([`234 more of ${code} in this object are not listed`])
    expect(rest[0]).toMatchObject({ object: 'NetworkPolicy shop/np', severity: listed[0]?.severity })
  })

  test('as many as are listed need no sum', () => {
    const { listed, rest } = said(policy(`  ingress:\n${'  -\n'.repeat(MOST_OF_A_CODE)}`), 'NP107')
    expect([listed.length, rest]).toEqual([MOST_OF_A_CODE, []])
  })

  test('a comment silences what stands beside it, never those that are only counted', () => {
    const dashes = '  - # netpol-sim-ignore NP107 -- meant\n'.repeat(MOST_OF_A_CODE) + '  -\n'.repeat(5)
    expect(said(policy(`  ingress:\n${dashes}`), 'NP107').rest).toHaveLength(1)
  })
})

describe('an object holds so many values and no more (NP028)', () => {
  const most = 250_000
  const dashes = (count: number) => parseCluster(policy(`  ingress:\n${'  -\n'.repeat(count)}`))

  test('one more than that is an error that names the limit, before anything is made of it', () => {
    const { answerable, diagnostics, policies } = dashes(most)
    expect([answerable, policies.length]).toEqual([false, 0])
    expect(diagnostics.map(({ code, message, help, line }) => [code, message, help, line])).toEqual([
      ['NP028', `the object holds more than ${most} values`, 'raise the limit with `--max-input`', 6],
    ])
  })

  test('what is below is read', () => {
    const { policies } = dashes(1000)
    expect(policies[0]?.rules.ingress).toHaveLength(1000)
  })

  test('the limit can be raised', () => {
    const { diagnostics } = parseCluster(policy(`  ingress:\n${'  -\n'.repeat(most)}`), { maxInput: 2 ** 20 })
    expect(diagnostics.filter(({ code }) => code === 'NP028')).toEqual([])
  })

  test('a block may have as many exceptions', () => {
    const holes = Array.from({ length: 140_000 }, (_, at) => `10.${at % 100}.${(at >> 8) % 256}.${at % 256}/32`)
    const block = `  ingress:\n  - from:\n    - ipBlock: {cidr: 0.0.0.0/0, except: [${holes.join(', ')}]}\n`
    const { answerable } = parseCluster(policy(block))
    expect(answerable).toBe(true)
  }, 30_000)
})
