import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConnectionEnd } from '../../src/analyze/connections.js'
import { matrixAnswer, type MatrixAnswer } from '../../src/analyze/matrix.js'
import { toCidrs } from '../../src/net/cidr.js'
import { cases } from '../reference/generate.js'
import { tierCases } from '../reference/generate-tiers.js'
import { clusterOf } from '../support/compare.js'
import { withManyPorts } from '../support/many-ports.js'
import { engineOptionsOf } from '../support/matrix-cells.js'

/** All that is told of connections whose ends are wanted, each as one text. */
function told({ connections }: MatrixAnswer, isWanted: (from: ConnectionEnd, to: ConnectionEnd) => boolean): string[] {
  const text = (end: ConnectionEnd) => ('ranges' in end ? [end.id, ...end.ranges.flatMap(toCidrs)] : end.id)
  return [...connections()].flatMap(({ from, to, ...rest }) =>
    isWanted(from, to) ? [JSON.stringify([text(from), text(to), rest])] : [],
  )
}

test('what is told of some destinations is what the whole matrix tells of them', () => {
  let lines = 0
  fc.assert(
    fc.property(
      fc.oneof(cases, tierCases),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      fc.boolean(),
      (made, pods, hasManyPorts, pick, isOne) => {
        const example = hasManyPorts ? withManyPorts(made) : made
        const cluster = clusterOf(example.objects)
        const ask = (to?: string) => matrixAnswer(cluster, { namespace: 'default', pods, to }, engineOptionsOf(example))
        const whole = ask()
        const { id, namespace } = cluster.workloads[pick % Math.max(1, cluster.workloads.length)] ?? {}
        if (!whole.ok || id === undefined) return
        // One destination is asked about by cells, several by rows
        const some = ask(isOne ? id : `${namespace}/*`)
        if (!some.ok) return
        const wanted = new Set([...some.value.selection.destinations].map(({ id }) => id))
        const expected = told(whole.value, (_, to) => wanted.has(to.id))
        expect(told(some.value, (_, to) => 'party' in to)).toEqual(expected)
        lines += expected.length
      },
    ),
    { numRuns: Math.ceil(30 * (Number(process.env['CLUSTERS'] ?? 25) / 25)) },
  )
  expect(lines).toBeGreaterThan(200)
}, 600_000)
