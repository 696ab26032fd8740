import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serviceTierCases } from '../reference/generate-services.js'
import { tierCases } from '../reference/generate-tiers.js'
import { compareCase } from '../support/compare.js'
import { compareServices } from '../support/compare-services.js'
import { compareCellsWithReference } from '../support/matrix-reference.js'
import { settled } from '../support/settled.js'

// CLUSTERS=500 compares more; `npm run test:deep` goes on for as long as there is time
const CLUSTERS = Number(process.env['CLUSTERS'] ?? 60)

/** What random policies of the cluster must reach; a part after the dot names one branch of a rule. */
const EXPECTED = [
  ...['C-1.default', 'C-2.order', 'C-2.priority', 'C-3.admin', 'C-3.baseline', 'C-4.admin', 'C-4.baseline'],
  ...['C-5.policies', 'C-5.baseline', 'C-5.last', 'C-5.rest', 'C-6', 'C-6.direction', 'C-7', 'C-7.other-direction'],
  ...['C-8', 'C-9', 'C-10.namespaces', 'C-10.pods', 'C-11.subject', 'C-11.peer', 'C-12', 'C-14', 'C-15'],
  ...['C-16.pod', 'C-16.host', 'C-16.node', 'C-16.external', 'C-16.family', 'C-16.unknown'],
  ...['C-17', 'C-17.host', 'C-17.absent', 'C-17.unknown', 'C-18', 'C-18.node', 'C-18.pod', 'C-19.names'],
  ...['C-21.default', 'C-21.portNumber', 'C-21.portRange', 'C-22.absent', 'C-22.number', 'C-22.range'],
  ...['C-24.named', 'C-24.other-number', 'C-24.other-protocol', 'C-24.undeclared', 'C-24.outside'],
  ...['admin-accept', 'admin-deny', 'baseline-accept', 'baseline-deny', 'rule-matched', 'no-rule-matched'],
  ...['certain', 'undefined', 'indeterminate'],
]

test('C-1 to C-24: the engine and the reference evaluator agree about policies of the cluster', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(tierCases, (example) => {
      const { met, differences } = compareCase(example)
      for (const one of met) counts[one] = (counts[one] ?? 0) + 1
      expect(differences).toEqual([])
    }),
    { numRuns: CLUSTERS },
  )
  expect(EXPECTED.filter((one) => (counts[one] ?? 0) === 0)).toEqual([])
}, 600_000)

test('C-1 to C-24: every cell says what the reference evaluator says at every boundary of ports', () => {
  let asked = 0
  fc.assert(
    fc.property(tierCases, (example) => {
      const compared = compareCellsWithReference(settled(example))
      asked += compared.asked
      expect(compared.differences).toEqual([])
    }),
    { numRuns: Math.ceil(CLUSTERS / 30) },
  )
  expect(asked).toBeGreaterThan(0)
}, 600_000)

test('C-26, C-27: connections through Services are subject to policies of the cluster', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(serviceTierCases, (example) => {
      const { met, differences } = compareServices(example)
      for (const one of met) counts[one] = (counts[one] ?? 0) + 1
      expect(differences).toEqual([])
    }),
    { numRuns: Math.ceil(CLUSTERS / 2) },
  )
  expect(['C-27.service', 'C-3.admin', 'C-4.admin'].filter((one) => (counts[one] ?? 0) === 0)).toEqual([])
}, 600_000)
