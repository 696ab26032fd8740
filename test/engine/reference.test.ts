import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../reference/generate.js'
import { compareCase } from '../support/compare.js'

const CLUSTERS = Number(process.env['CLUSTERS'] ?? 600)

test(`the engine and the reference evaluator agree on ${CLUSTERS} random clusters`, { timeout: 120_000 }, () => {
  let flows = 0
  let denied = 0
  fc.assert(
    fc.property(cases, (example) => {
      const comparison = compareCase(example)
      flows += comparison.flows
      denied += comparison.denied
      expect(comparison.differences).toEqual([])
    }),
    { numRuns: CLUSTERS },
  )
  console.log(`${flows} flows, ${denied} denied`)
  expect(denied / flows).toBeGreaterThan(0.35)
  expect(denied / flows).toBeLessThan(0.65)
})
