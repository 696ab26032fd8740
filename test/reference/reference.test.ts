import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.js'
import { EXPECTED_HITS } from './expected-hits.js'
import { cases } from './generate.js'
import { blockRows } from './rows-ipblock.js'
import { isolationRows } from './rows-isolation.js'
import { nodeRows } from './rows-nodes.js'
import { peerRows } from './rows-peers.js'
import { portRows } from './rows-ports.js'
import { unionEndRows } from './rows-union-ends.js'
import { unionRows } from './rows-union.js'
import { readFlow } from './rows.js'
import { np, pod, world } from './world-w.js'

describe('reference evaluator, rows of section F', () => {
  for (const row of [
    ...isolationRows,
    ...peerRows,
    ...blockRows,
    ...unionRows,
    ...unionEndRows,
    ...portRows,
    ...nodeRows,
  ]) {
    for (const flow of row.flows) {
      it(`${row.id} ${flow}`, () => {
        const { question, ...expected } = readFlow(flow)
        const { hits, rules, ...answer } = evaluate(row.objects, question, row.options)
        expect(answer).toEqual(expected)
        if (row.rules !== undefined) expect(rules).toEqual(row.rules)
        expect(hits.size).toBeGreaterThan(0)
      })
    }
  }

  it('F-186 no verdict for a pod that has terminated', () => {
    const objects = world([np('x', {}, 'I')], [pod('x', 'b', { status: { phase: 'Succeeded' } })])
    expect(() => evaluate(objects, readFlow('x/b > x/a : open deny').question)).toThrow('terminated')
  })

  it('F-218 no verdict without a pod at either end', () => {
    expect(() => evaluate(world([]), readFlow('e > e6 : n/a n/a').question)).toThrow('neither end')
  })
})

describe('random cases', () => {
  const seed = 20240
  const counts: Record<string, number> = {}
  let questions = 0

  beforeAll(() => {
    for (const { objects, options, questions: asked } of fc.sample(cases, { numRuns: 1500, seed })) {
      for (const question of asked) {
        const { verdict, certainty, hits } = evaluate(objects, question, options)
        questions++
        for (const one of [verdict, certainty, ...hits]) counts[one] = (counts[one] ?? 0) + 1
      }
    }
  }, 60_000)

  const share = (word: string): number => (counts[word] ?? 0) / questions

  it('has about a dozen questions each', () => {
    expect(questions).toBeGreaterThan(1500 * 11)
  })

  it('denies between 35 and 65 percent', () => {
    expect(share('deny')).toBeGreaterThan(0.35)
    expect(share('deny')).toBeLessThan(0.65)
  })

  it('is mostly certain, and sometimes not', () => {
    expect(share('certain')).toBeGreaterThan(0.7)
    expect(share('undefined')).toBeGreaterThan(0.02)
    expect(share('indeterminate')).toBeGreaterThan(0.02)
  })

  it('reaches every rule that can be reached', () => {
    expect(EXPECTED_HITS.filter((id) => (counts[id] ?? 0) < 10)).toEqual([])
  })
})
