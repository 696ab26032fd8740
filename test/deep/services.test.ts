import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serviceCases } from '../reference/generate-services.js'
import { compareServices } from '../support/compare-services.js'

const MINUTES = Number(process.env['DEEP_MINUTES'] ?? 0)
const CHUNK = 50

describe.skipIf(MINUTES === 0)('for as long as there is time, library and reference evaluator agree', () => {
  test('about random Services', { timeout: 2 ** 30 }, async () => {
    const end = Date.now() + MINUTES * 60_000
    const reports: string[] = []
    let questions = 0
    while (Date.now() < end && reports.length === 0) {
      const seed = randomInt(2 ** 31)
      for (const [index, example] of fc.sample(serviceCases, { seed, numRuns: CHUNK }).entries()) {
        const compared = compareServices(example)
        questions += compared.questions
        if (compared.differences.length > 0) {
          reports.push([`seed ${seed}, index ${index}`, ...compared.differences].join('\n'))
        }
        if (Date.now() > end) break
        await setImmediate()
      }
    }
    console.log(`services: ${questions} questions, ${reports.length} clusters differ`)
    expect(reports).toEqual([])
    expect(questions).toBeGreaterThan(0)
  })
})
