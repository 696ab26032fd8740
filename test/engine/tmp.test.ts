import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
vi.mock('../../src/load/positions.js', () => ({ locate: () => null, locateKey: () => null, rawAt: () => null }))
vi.mock('../../src/load/text-kind.js', () => ({ hasTemplateActions: () => false }))
import { cases } from '../reference/generate.js'
import { compareCase } from '../support/compare.js'
test('x', { timeout: 300_000 }, () => {
  const samples = fc.sample(cases, { numRuns: 1500, seed: 7 })
  let flows = 0, denied = 0, over = 0
  const diffs: string[] = []
  samples.forEach((c, i) => { try { const r = compareCase(c); flows += r.flows; denied += r.denied; over += r.overcautious; diffs.push(...r.differences.map((d) => `${i} ${JSON.stringify(c.options)} ${d}`)) } catch (e) { diffs.push(`${i} ${(e as Error).message}`) } })
  console.log(flows, denied, over, diffs.length)
  console.log(diffs.slice(0, 40).join('\n'))
  expect(1).toBe(1)
})
