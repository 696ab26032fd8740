import { expect, test } from 'vitest'
import { check, loadCluster, matrix } from '../../src/index.js'

const FOLDER = 'fixtures/scenarios/A-45-blocks-of-several-rules'
const cluster = loadCluster(
  ['../../clusters/world-w.yaml', 'web.yaml', 'policies.yaml'].map((one) => `${FOLDER}/${one}`),
)

test('A-45: all rules are named that only together hold every address', () => {
  const [flow] = check(cluster, { from: 'x/a', to: 'y/web', port: 80 }, { verbose: true }).flows
  const named = flow?.egress.rules.map(({ policy, path, peers }) => [policy, path, peers])
  expect(named).toEqual([
    ['x/lower-half', 'spec.egress[0]', ['to[0]']],
    ['x/upper-half', 'spec.egress[0]', ['to[0]']],
  ])
  // They match, so that nothing is said of why they do not
  expect(flow?.egress.nearMisses).toEqual([])
})

test.each([
  ['x/a', ['80-80/TCP']],
  ['x/b', ['80-80/TCP']],
  ['x/c', []],
])('A-45, A-16: the matrix takes the blocks of all rules from %s together', (from, expected) => {
  const [connection] = matrix(cluster, { from, to: 'y/web' }).connections ?? []
  const ports = connection?.ports.map(({ protocol, port, endPort }) => `${port}-${endPort}/${protocol}`) ?? []
  expect(ports).toEqual(expected)
})
