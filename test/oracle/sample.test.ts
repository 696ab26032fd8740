import { expect, test } from 'vitest'
import { compareWithOracle, readOracle } from '../support/oracle.js'

test.each(readOracle('fixtures/oracle/verdicts-np-sample.jsonl'))(
  '$name: as several other engines agree',
  (cluster) => {
    const { asked, differences } = compareWithOracle(cluster)
    expect(differences).toEqual([])
    expect(asked).toBeGreaterThan(0)
  },
)
