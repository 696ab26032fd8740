import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EXTERNAL, type Connection } from '../../src/analyze/connections.js'
import { matrixAnswer, type MatrixAnswer } from '../../src/analyze/matrix.js'
import { OUTSIDE_SPACE } from '../../src/analyze/overview-result.js'
import { MAX_PORT } from '../../src/model/protocol.js'
import { FAMILIES } from '../../src/net/address.js'
import { toCidrs } from '../../src/net/cidr.js'
import { overlaps } from '../../src/net/ranges.js'
import { internetRanges } from '../../src/query/special-purpose.js'
import { cases } from '../reference/generate.js'
import { clusterOf } from '../support/compare.js'
import { withManyPorts } from '../support/many-ports.js'
import { engineOptionsOf } from '../support/matrix-cells.js'

const MOST = 3

/** The same, connection by connection. */
function counted({ connections }: MatrixAnswer): object {
  const namespaceOf = (end: Connection['from']) => ('party' in end ? end.party.workload.namespace : OUTSIDE_SPACE)
  const between: Record<string, { all: number; open: boolean; unsure: boolean }> = {}
  const across: string[] = []
  const possible = new Set<string>()
  const openToInternet = new Set<string>()
  let estimated = 0
  for (const { from, to, ports, possible: perhaps, certainty, note } of connections()) {
    const pair = `${from.id} -> ${to.id}`
    const isEvery = ports.length === 3 && ports.every(({ first, last }) => first === 1 && last === MAX_PORT)
    const ranges = [from, to].flatMap((end) => ('ranges' in end ? end.ranges : []))
    const cidrs = ranges.flatMap(toCidrs)
    const isEverywhere = cidrs.length === 0 || ['0.0.0.0/0', '::/0'].every((all) => cidrs.includes(all))
    const isSure = ports.length > 0 && perhaps.length === 0 && certainty === 'certain'
    const at = (between[`${namespaceOf(from)} -> ${namespaceOf(to)}`] ??= { all: 0, open: false, unsure: false })
    if (isSure && isEvery && isEverywhere) at.all++
    if (ports.length > 0) at.open = true
    if (!isSure) at.unsure = true
    if (perhaps.length > 0) possible.add(pair)
    if (note === 'certainty-estimated') estimated++
    if (isEvery && 'party' in from && 'party' in to && namespaceOf(from) !== namespaceOf(to)) across.push(pair)
    const internet = FAMILIES.flatMap(internetRanges)
    if (
      ports.length > 0 &&
      from.id === EXTERNAL &&
      ranges.some((one) => internet.some((other) => overlaps(one, other)))
    )
      openToInternet.add(to.id)
  }
  return {
    between,
    across: { count: across.length, first: across.slice(0, MOST) },
    possible: { count: possible.size, first: [...possible].slice(0, MOST) },
    estimated,
    openToInternet: [...openToInternet].sort(),
  }
}

function summedUp({ overview, endpoints }: MatrixAnswer): object {
  const found = overview({ byNamespace: true, most: MOST })
  const spaces = [...new Set([OUTSIDE_SPACE, ...endpoints.map(({ party }) => party.workload.namespace)])]
  const pairs = spaces.flatMap((from) => spaces.map((to) => [`${from} -> ${to}`, found.between(from, to)] as const))
  const text = ({ count, first }: typeof found.possible) => ({
    count,
    first: first.map(({ from, to }) => `${from ?? EXTERNAL} -> ${to ?? EXTERNAL}`),
  })
  return {
    between: Object.fromEntries(pairs.filter(([, value]) => value !== undefined)),
    across: text(found.acrossNamespaces),
    possible: text(found.possible),
    estimated: found.estimated,
    openToInternet: [...found.openToInternet].sort(),
  }
}

test('an overview by kinds of endpoints says what counting every connection does', { timeout: 600_000 }, () => {
  let told = 0
  fc.assert(
    fc.property(
      cases,
      fc.boolean(),
      fc.constantFrom(undefined, '80', 'http'),
      fc.boolean(),
      fc.boolean(),
      (made, pods, port, isWithin, hasManyPorts) => {
        const example = hasManyPorts ? withManyPorts(made) : made
        const cluster = clusterOf(example.objects)
        const within = isWithin ? cluster.workloads[0]?.namespace : undefined
        const answer = matrixAnswer(cluster, { namespace: 'default', pods, port, within }, engineOptionsOf(example))
        if (!answer.ok) return
        const expected = counted(answer.value)
        expect(summedUp(answer.value)).toEqual(expected)
        told++
      },
    ),
    { numRuns: Math.ceil(60 * (Number(process.env['CLUSTERS'] ?? 25) / 25)) },
  )
  expect(told).toBeGreaterThan(30)
})
