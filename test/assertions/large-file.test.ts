import { expect, test } from 'vitest'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { processorTime } from '../support/processor-time.js'

test('places in an assertion file of 60,000 tests are found in one walk through it', () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `  - deny shop/web-${index} -> shop/db:5432`)
  const text = ['version: 1', 'tests:', ...lines].join('\n')
  const took = processorTime(() => {
    const { assertions } = parseAssertions(text, 'netpol-tests.yaml')
    expect(assertions.at(-1)?.place).toEqual({ line: 60_002, column: 5 })
  })
  expect(took).toBeLessThan(8000)
})
