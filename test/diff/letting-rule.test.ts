import { expect, test } from 'vitest'
import { lettingRules } from '../../src/analyze/diff/letting-rule.js'
import { everyPair } from '../support/diff-pairs.js'
import { diffOf } from '../support/told-diff.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)

test('the rule that let the ports of one pair through is that of every pair of the same classes', () => {
  let [found, none] = [0, 0]
  everyPair(4 * RUNS, 3, ({ base, head }) => {
    const { world, changes, because } = diffOf(base, head)
    const ofAll = lettingRules(world)
    for (const change of changes) {
      for (const { edit } of because.ofChange(change)) {
        const path = ofAll(change, edit)
        expect(path).toEqual(lettingRules(world)(change, edit))
        if (path === null) none++
        else found++
      }
    }
  })
  expect(Math.min(found, none)).toBeGreaterThan(RUNS)
})
