import { expect, test } from 'vitest'
import { attributes } from '../support/because-law.js'

const MINUTES = Number(process.env['DEEP_MINUTES'] ?? 0)
const CHUNK = 50
/** Random clusters for the engines have most of the time. */
const SHARE = 0.2

test('edits are named that undo changes and that make them', { timeout: (MINUTES + 5) * 60_000 }, () => {
  const end = Date.now() + MINUTES * SHARE * 60_000
  let [pairs, changes, several] = [0, 0, 0]
  do {
    const found = attributes(CHUNK)
    pairs += CHUNK
    changes += found.changes
    several += found.several
  } while (Date.now() < end)
  console.log(`because: ${pairs} pairs of clusters, ${changes} changes, ${several} of which need more than one edit`)
  expect(changes).toBeGreaterThan(0)
})
