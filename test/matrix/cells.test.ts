import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases, type Case } from '../reference/generate.js'
import { withManyPorts } from '../support/many-ports.js'
import { compareCells, type Compared } from '../support/matrix-cells.js'
import { compareOutside } from '../support/matrix-outside.js'
import { compareCellsWithReference } from '../support/matrix-reference.js'

// CLUSTERS=250 compares more; `npm run test:deep` goes on for as long as there is time
const scale = Number(process.env['CLUSTERS'] ?? 25) / 25

test.each([
  ['every cell says what the one-pair evaluator says', compareCells, 25],
  ['and so it does where policies tell many ports apart', (example: Case) => compareCells(withManyPorts(example)), 10],
  [
    'every cell of two pods says what the reference evaluator says at every boundary of ports',
    compareCellsWithReference,
    4,
  ],
  ['E-3: every line about the outside says what the engine says at every boundary of addresses', compareOutside, 24],
] as const)('%s', { timeout: 600_000 }, (_, compare: (example: Case) => Compared, clusters) => {
  let asked = 0
  let open = 0
  let perhaps = 0
  fc.assert(
    fc.property(cases, (example) => {
      const compared = compare(example)
      asked += compared.asked
      open += compared.open
      perhaps += compared.perhaps ?? 0
      expect(compared.differences).toEqual([])
    }),
    { numRuns: Math.ceil(clusters * scale) },
  )
  expect(open / asked).toBeGreaterThan(0.15)
  expect(open / asked).toBeLessThan(0.85)
  // Enough cells are closed as things stand, and may be open
  if (compare === compareCells) expect(perhaps / asked).toBeGreaterThan(0.03)
})
