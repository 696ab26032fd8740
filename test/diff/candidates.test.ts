import fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidatesAmong } from '../../src/analyze/diff/candidates.js'
import { mixedPolicies } from '../../src/analyze/diff/edits/policy-edits.js'
import { mayGovern } from '../../src/analyze/diff/may-govern.js'
import { endpointsOf } from '../../src/analyze/matrix-endpoints.js'
import { DIRECTIONS } from '../../src/model/direction.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { cases } from '../reference/generate.js'
import { clusterOf } from '../support/compare.js'

test('a policy that is no candidate governs none of the endpoints, and candidates keep their order', () => {
  const seen = { governing: 0, left: 0 }
  fc.assert(
    fc.property(cases, cases, (before, after) => {
      const [base, head] = [clusterOf(before.objects), clusterOf(after.objects)]
      const policies = mixedPolicies(ruleForms(base.policies), ruleForms(head.policies))
      const candidates = candidatesAmong(policies)
      const ends = [endpointsOf(base, false), endpointsOf(head, false)] as const
      for (const [index, one] of ends[0].entries()) {
        const pair = { index, id: one.id, base: one, head: ends[1][index] ?? null }
        const found = candidates([pair])
        expect(found).toEqual(policies.filter((policy) => found.includes(policy)))
        seen.left += policies.length - found.length
        for (const direction of DIRECTIONS) {
          const governing = policies.filter((policy) => mayGovern(policy, pair, direction, 0))
          expect(governing.filter((policy) => !found.includes(policy))).toEqual([])
          seen.governing += governing.length
        }
      }
    }),
    { numRuns: 200 },
  )
  expect(Math.min(seen.governing, seen.left)).toBeGreaterThan(100)
})
