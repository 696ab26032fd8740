import { expect, test } from 'vitest'
import { joinPaths, type Part } from '../../src/analyze/matched-rules.js'

const RULES = 1000

test('rules of a tier are joined by a look at each, not at each pair of them, in the order in which they come', () => {
  let looks = 0
  const policies = ['a', 'b'].map((name) => ({ kind: 'NetworkPolicy', namespace: 'shop', name }))
  const rules = Array.from({ length: RULES }, (_, index) => ({
    policy: policies[index % 2],
    get rule() {
      looks++
      return index >> 1
    },
    peers: null,
    ports: null,
  }))
  const partOf = (port: number, some: typeof rules) =>
    ({
      answer: { ingress: { path: [{ tier: 'NetworkPolicy', decision: 'accept', rules: some }] } },
      ports: { first: port, last: port },
      variant: { family: null, outside: null },
    }) as unknown as Part
  const [step] = joinPaths([partOf(80, rules.slice(1)), partOf(81, rules)], 'ingress')
  expect(looks).toBeLessThanOrEqual(10 * RULES)
  expect(step?.rules.map(({ policy, rule }) => `${policy.name}${rule}`).slice(0, 3)).toEqual(['b0', 'a1', 'b1'])
  expect(step?.rules.map(({ only }) => only?.ports ?? null)).toEqual([
    ...Array.from({ length: RULES - 1 }, () => null),
    [{ first: 81, last: 81 }],
  ])
})
