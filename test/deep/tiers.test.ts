import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serviceTierCases } from '../reference/generate-services.js'
import { tierCases } from '../reference/generate-tiers.js'
import { compareCase } from '../support/compare.js'
import { compareServices } from '../support/compare-services.js'
import { compareCellsWithReference } from '../support/matrix-reference.js'
import { settled } from '../support/settled.js'

const MINUTES = Number(process.env['DEEP_MINUTES'] ?? 0)
const CHUNK = 20

describe.skipIf(MINUTES === 0)('for as long as there is time, engine, matrix and reference evaluator agree', () => {
  test('about policies of the cluster', { timeout: 2 ** 30 }, async () => {
    const end = Date.now() + MINUTES * 60_000
    const reports: string[] = []
    const sums = { flows: 0, cells: 0, services: 0 }
    const report = (way: string, seed: number, index: number, differences: readonly string[]) => {
      if (differences.length > 0) reports.push([`${way}: seed ${seed}, index ${index}`, ...differences].join('\n'))
    }
    while (Date.now() < end && reports.length === 0) {
      const seed = randomInt(2 ** 31)
      for (const [index, example] of fc.sample(tierCases, { seed, numRuns: CHUNK }).entries()) {
        const { flows, differences } = compareCase(example)
        sums.flows += flows
        report('flows', seed, index, differences)
        if (index === 0) {
          const cells = compareCellsWithReference(settled(example))
          sums.cells += cells.asked
          report('cells', seed, index, cells.differences)
        }
        await setImmediate()
      }
      for (const [index, example] of fc.sample(serviceTierCases, { seed, numRuns: CHUNK }).entries()) {
        const { questions, differences } = compareServices(example)
        sums.services += questions
        report('services', seed, index, differences)
        await setImmediate()
      }
    }
    console.log(`tiers: ${sums.flows} flows, ${sums.cells} cells, ${sums.services} questions about Services`)
    expect(reports).toEqual([])
    expect(Math.min(...Object.values(sums))).toBeGreaterThan(0)
  })
})
