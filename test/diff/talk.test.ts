import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matrixOver } from '../../src/analyze/class-matrix.js'
import { connectionsOf, segmentsOf } from '../../src/analyze/connection-segments.js'
import { countTalk, type Talk } from '../../src/analyze/diff/talk.js'
import { endpointsOf, type Selection } from '../../src/analyze/matrix-endpoints.js'
import { isOfInternet, rangesOf } from '../../src/analyze/outside-ranges.js'
import { reachOf } from '../../src/analyze/reach.js'
import { worldLines } from '../../src/analyze/world-lines.js'
import { compile, type CompiledCluster } from '../../src/engine/compile.js'
import { parseCluster } from '../../src/index.js'
import { cases } from '../reference/generate.js'
import { policyOf } from '../support/assertion-cluster.js'
import { clusterOf } from '../support/compare.js'
import { partOfWeb } from '../support/live.js'
import { engineOptionsOf } from '../support/matrix-cells.js'

const CLUSTERS = Number(process.env['CLUSTERS'] ?? 25)

/** Counts the talk of some workloads, and sums it up one by one; tells what there was to count. */
function compareTalk(compiled: CompiledCluster, isCounted: (index: number) => boolean) {
  const matrix = matrixOver(compiled)
  const endpoints = endpointsOf(compiled.cluster, false)
  const all = new Set(endpoints)
  const selection: Selection = {
    sources: all,
    destinations: all,
    port: { kind: 'whole-set' },
    within: null,
    outsideSources: 'all',
    outsideDestinations: 'all',
  }
  const reached = () => [reachOf(matrix, endpoints, selection), worldLines(matrix, selection)] as const
  const ids = [...new Set(endpoints.map(({ party }) => party.workload.id))].filter((_, index) => isCounted(index))
  const [counted, summed] = [0, 1].map(() => {
    const none = { fromInternet: false, toInternet: false, connections: 0, acrossNamespaces: 0 }
    return new Map(ids.map((id): [string, Talk] => [id, { ...none }]))
  })
  if (counted === undefined || summed === undefined) throw new Error('there are two')
  countTalk(counted, segmentsOf(...reached()))
  const seen = { connections: 0, across: 0, internet: 0, betweenParts: 0 }
  for (const connection of connectionsOf(...reached())) {
    const { from, to, ports } = connection
    if (ports.length === 0) continue
    const workloads = [from, to].flatMap((end) => ('party' in end ? [end.party.workload] : []))
    const isAcross = new Set(workloads.map(({ namespace }) => namespace)).size > 1
    const isInternet = isOfInternet(rangesOf(connection))
    const own = new Set(workloads.map(({ id }) => id))
    for (const id of own) {
      const talk = summed.get(id)
      if (talk === undefined) continue
      talk.connections += 1
      talk.acrossNamespaces += Number(isAcross)
      if (isInternet && 'ranges' in from) talk.fromInternet = true
      if (isInternet && 'ranges' in to) talk.toInternet = true
      seen.connections += 1
      seen.across += Number(isAcross)
      seen.internet += Number(isInternet)
      seen.betweenParts += Number(from !== to && workloads.length > own.size)
    }
  }
  expect(counted).toEqual(summed)
  return seen
}

test('what workloads talk to is the sum of the connections one by one', { timeout: 600_000 }, () => {
  const totals = { connections: 0, across: 0, internet: 0 }
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 255 }), (example, some) => {
      const compiled = compile(clusterOf(example.objects), engineOptionsOf(example))
      const seen = compareTalk(compiled, (index) => (some >> (index % 8)) % 2 === 1)
      totals.connections += seen.connections
      totals.across += seen.across
      totals.internet += seen.internet
    }),
    { numRuns: CLUSTERS },
  )
  expect(Math.min(...Object.values(totals))).toBeGreaterThan(CLUSTERS)
})

test('what parts of one workload say to each other counts once', () => {
  const policies = ['a', 'b'].map((role) =>
    policyOf({
      namespace: 'shop',
      name: role,
      select: { role },
      rules: `ingress: [{ports: [{port: ${role.length}}]}]`,
    }),
  )
  const text = [...['a', 'b', 'c'].map(partOfWeb), ...policies].join('---\n')
  expect(compareTalk(compile(parseCluster(text), {}), () => true).betweenParts).toBe(6)
})
