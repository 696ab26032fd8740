import { expect, test } from 'vitest'
import { compareWithOracle, readOracle } from '../support/oracle.js'
import { compareMatrixWithOracle } from '../support/oracle-matrix.js'

const CLUSTERS = readOracle('fixtures/oracle/verdicts-np-sample.jsonl')

test.each(CLUSTERS)('$name: as several other engines agree', (cluster) => {
  const { asked, differences } = compareWithOracle(cluster)
  expect(differences).toEqual([])
  expect(asked).toBeGreaterThan(0)
})

test.each(CLUSTERS)('$name: the matrix, as several other engines agree', (cluster) => {
  const { asked, differences } = compareMatrixWithOracle(cluster)
  expect(differences).toEqual([])
  expect(asked).toBeGreaterThan(0)
})
