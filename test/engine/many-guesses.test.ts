import { expect, test } from 'vitest'
import { settle } from '../../src/engine/completions.js'
import type { Truth } from '../../src/engine/truth.js'

const label = { id: 'a', of: 'namespace', key: 'app' } as const
const truth = { value: false, doubts: [{ label }] } as unknown as Truth

test.each([
  [3, 3],
  [256, 256],
  [257, 0],
  [50_000, 0],
])('a label with %i values takes %i guesses: too many are not begun', (count, guesses) => {
  let asked = 0
  const under = (): Truth => {
    asked += 1
    return { value: false, doubts: [] }
  }
  const settled = settle(truth, under, () => Array.from({ length: count }, (_, at) => `v${at}`))
  expect([asked, settled.doubts.length]).toEqual([guesses, guesses === 0 ? 1 : 0])
})
