import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matrixOver } from '../../src/analyze/class-matrix.js'
import { compile } from '../../src/engine/compile.js'
import { openCounts } from '../../src/matrix/open-counts.js'
import { cases, type Case } from '../reference/generate.js'
import { tierCases } from '../reference/generate-tiers.js'
import { clusterOf } from '../support/compare.js'
import { app } from '../support/assertion-cluster.js'
import { dictOf, without, type Dict } from '../support/laws-json.js'
import { engineOptionsOf } from '../support/matrix-cells.js'

const scale = Number(process.env['CLUSTERS'] ?? 25) / 25

/** More pods than rules name at a time, so that rows have something in common and something of their own. */
const MORE = Array.from({ length: 9 }, (_, index) =>
  app({
    namespace: index < 5 ? 'x' : 'y',
    name: `w${index}`,
    labels: { app: index % 2 === 0 ? 'web' : 'db', w: `w${index}` },
  }),
).map((text) => JSON.parse(text) as Dict)

/** Each of these workloads has a policy, and so a class of its own. */
const OWN = Array.from({ length: 9 }, (_, index) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `own${index}`, namespace: index < 5 ? 'x' : 'y' },
  spec: {
    podSelector: { matchLabels: { w: `w${index}` } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { w: `w${(index + 1) % 9}` } } }], ports: [{ port: 80 + (index % 3) }] },
    ],
    egress: [{ ports: [{ port: 80 }] }, { to: [{ podSelector: { matchLabels: { w: `w${(index + 4) % 5}` } } }] }],
  },
}))

/** Addresses of two families are asked about one by one, and not counted. */
const withoutAddresses = (object: object): Dict => {
  const { status, ...rest } = object as Dict
  return status === undefined ? rest : { ...rest, status: without(without(dictOf(status), 'podIP'), 'podIPs') }
}

test.each<[string, fc.Arbitrary<Case>, number]>([
  ['NetworkPolicies', cases, 60],
  ['policies of all tiers', tierCases, 30],
])('what a source opens under %s is counted as one finds it class by class', (_, some, runs) => {
  let [counted, open, all] = [0, 0, 0]
  fc.assert(
    fc.property(some, fc.boolean(), fc.boolean(), fc.nat(), (example, isSingle, isLarge, seed) => {
      const objects = isLarge ? [...example.objects, ...MORE, ...OWN] : example.objects
      const cluster = clusterOf(isSingle ? objects.map(withoutAddresses) : objects)
      const matrix = matrixOver(compile(cluster, engineOptionsOf(example)))
      const { classes } = matrix.classes
      const { sets } = matrix
      const asked =
        seed % 3 === 0 ? sets.of([{ protocol: 'TCP', first: 1 + (seed % 100), last: 80 + (seed % 400) }]) : sets.all
      const weights = Float64Array.from(classes, ({ number }) => (number + seed) % 4)
      const counts = openCounts(matrix, weights, asked)
      if (counts === null) return
      counted++
      const others = classes.filter(({ pod }) => !pod.hostNetwork)
      for (const source of others) {
        const count = counts.count(source)
        const found = others.filter((destination) => {
          const [only] = matrix.rowOf(source).cell(destination, null)
          return only !== undefined && sets.intersect(only.open, asked) !== sets.none
        })
        expect(others.filter((destination) => counts.opens(destination))).toEqual(found)
        expect(count).toBe(found.reduce((sum, { number }) => sum + (weights[number] ?? 0), 0))
        open += found.length
        all += others.length
      }
    }),
    { numRuns: Math.ceil(runs * scale) },
  )
  expect(counted).toBeGreaterThan((runs * scale) / 4)
  expect(open / all).toBeGreaterThan(0.1)
  expect(open / all).toBeLessThan(0.9)
})
