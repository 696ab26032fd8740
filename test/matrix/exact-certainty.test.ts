import { expect, test } from 'vitest'
import { check, loadCluster, matrix } from '../../src/index.js'

const FOLDER = 'fixtures/scenarios/A-28-doubts-that-exclude-each-other'

test('A-28: a cell is as sure as check says, where doubts about one label exclude each other', () => {
  const cluster = loadCluster([`${FOLDER}/pods.yaml`, `${FOLDER}/policies.yaml`])
  const from = 'not-in-the-input/client'
  const connections = matrix(cluster, { from }).connections ?? []
  const found = connections.flatMap(({ to, certainty = 'certain' }) => (to === 'external' ? [] : [[to, certainty]]))
  expect(found).toEqual([
    ['x/Pod/complement', 'certain'],
    ['x/Pod/gap', 'indeterminate'],
    ['x/Pod/three-policies', 'certain'],
  ])
  for (const [to = '', certainty] of found) expect(check(cluster, { from, to, port: 80 }).certainty).toBe(certainty)
})
