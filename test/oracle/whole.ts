import { expect, test } from 'vitest'
import { compareWithOracle, readOracle } from '../support/oracle.js'
import { compareMatrixWithOracle } from '../support/oracle-matrix.js'

const file = process.env['ORACLE_FILE'] ?? ''

test.each([
  ['one flow at a time', compareWithOracle],
  ['looked up in the matrix', compareMatrixWithOracle],
])(`every point of ${file} is answered alike, %s`, { timeout: 3_600_000 }, (way, compare) => {
  const clusters = readOracle(file)
  const results = clusters.map(compare)
  const asked = results.reduce((sum, result) => sum + result.asked, 0)
  const differences = results.flatMap((result) => result.differences)
  console.log(`${way}: ${clusters.length} clusters, ${asked} verdicts, ${differences.length} differ`)
  expect(differences.slice(0, 20)).toEqual([])
  expect(asked).toBeGreaterThan(0)
})
