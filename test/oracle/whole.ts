import { expect, test } from 'vitest'
import { compareWithOracle, readOracle } from '../support/oracle.js'

const file = process.env['ORACLE_FILE'] ?? ''

test(`every point of ${file} is answered alike`, { timeout: 3_600_000 }, () => {
  const clusters = readOracle(file)
  const results = clusters.map(compareWithOracle)
  const asked = results.reduce((sum, result) => sum + result.asked, 0)
  const differences = results.flatMap((result) => result.differences)
  console.log(`${clusters.length} clusters, ${asked} verdicts, ${differences.length} differ`)
  expect(differences.slice(0, 20)).toEqual([])
  expect(asked).toBeGreaterThan(0)
})
