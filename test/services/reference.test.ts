import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serviceCases } from '../reference/generate-services.js'
import { compareServices } from '../support/compare-services.js'

// CLUSTERS=1500 compares more; `npm run test:deep` goes on for as long as there is time
const CLUSTERS = Number(process.env['CLUSTERS'] ?? 75)

/** What random Services must reach; a part after the dot names one branch of a rule. */
const EXPECTED = [
  ...['A-61', 'A-80', 'A-80.partial', 'E-5', 'A-44.service'],
  ...['A-81.same', 'A-81.number', 'A-81.name', 'A-81.undeclared', 'A-81.other-protocol', 'A-81.no-port'],
  ...['A-81.sidecar', 'A-81.plain-init'],
  ...['A-82', 'A-82.planned', 'A-82.finished', 'A-82.no-address', 'A-82.not-ready', 'A-82.terminating'],
  ...['A-82.published', 'A-82.no-selector', 'A-83.headless', 'A-83.cluster', 'A-83.local'],
  ...['allow', 'deny', 'partial', 'certain', 'undefined', 'indeterminate', 'no endpoints', 'no shared family'],
]

test('A-80 to A-83, A-61, E-5: the library and the reference evaluator agree about Services', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(serviceCases, (example) => {
      const { met, differences } = compareServices(example)
      for (const one of met) counts[one] = (counts[one] ?? 0) + 1
      expect(differences).toEqual([])
    }),
    { numRuns: CLUSTERS },
  )
  expect(EXPECTED.filter((one) => (counts[one] ?? 0) === 0)).toEqual([])
}, 600_000)
