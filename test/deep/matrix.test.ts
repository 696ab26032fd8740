import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cases } from '../reference/generate.js'
import { compareCells } from '../support/matrix-cells.js'
import { compareOutside } from '../support/matrix-outside.js'
import { compareCellsWithReference } from '../support/matrix-reference.js'

const MINUTES = Number(process.env['DEEP_MINUTES'] ?? 0)
const CHUNK = 20
const WAYS = { cells: compareCells, reference: compareCellsWithReference, outside: compareOutside }

describe.skipIf(MINUTES === 0)('for as long as there is time, the matrix agrees', () => {
  test('with one pair at a time, with the reference, and about the outside', { timeout: 2 ** 30 }, async () => {
    const end = Date.now() + MINUTES * 60_000
    const reports: string[] = []
    const sums = { clusters: 0, cells: 0, reference: 0, outside: 0 }
    while (Date.now() < end && reports.length === 0) {
      const seed = randomInt(2 ** 31)
      for (const [index, example] of fc.sample(cases, { seed, numRuns: CHUNK }).entries()) {
        for (const [way, compare] of Object.entries(WAYS)) {
          const { asked, differences } = compare(example)
          sums[way as keyof typeof WAYS] += asked
          if (differences.length > 0) reports.push([`${way}: seed ${seed}, index ${index}`, ...differences].join('\n'))
        }
        sums.clusters++
        if (Date.now() > end) break
        await setImmediate()
      }
    }
    console.log(
      `matrix: ${sums.clusters} clusters, ${sums.cells} cells, ${sums.reference} flows of the reference, ` +
        `${sums.outside} addresses outside, ${reports.length} differ`,
    )
    expect(reports).toEqual([])
    expect(Math.min(...Object.values(sums))).toBeGreaterThan(0)
  })
})
