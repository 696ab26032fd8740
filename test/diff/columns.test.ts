import { expect, test } from 'vitest'
import { changedPairs, type ChangedCells } from '../../src/analyze/diff/changed-pairs.js'
import { endpointPairs, type EndpointPair } from '../../src/analyze/diff/endpoint-pairs.js'
import { groupsOf } from '../../src/analyze/diff/groups.js'
import { jointWorld } from '../../src/analyze/diff/joint-world.js'
import type { Cluster, Pod, Workload } from '../../src/model/cluster.js'
import { parseAddress } from '../../src/net/address.js'
import { parsePort } from '../../src/query/port.js'
import { everyPair } from '../support/diff-pairs.js'
import type { Random } from '../support/laws-random.js'
import { portText } from '../support/told-diff.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)
const COPIES = [0, 1, 2]

/** Where a pod runs; several pods of one workload may run on several nodes. */
interface Spot {
  readonly hostNetwork: boolean
  readonly nodes: readonly (string | null)[]
}

/** Some copies of every workload, each on nodes of its own. */
function spread(cluster: Cluster, spotOf: (id: string) => Spot): Cluster {
  const place = (pod: Pod, { hostNetwork }: Spot, node: string | null): Pod => {
    const address = node === null ? null : parseAddress(`192.168.9.${node}`)
    return { ...pod, hostNetwork, node, nodeAddresses: address === null ? [] : [address] }
  }
  const workloads = cluster.workloads.flatMap((workload) =>
    COPIES.map((copy): Workload => {
      const id = `${workload.id}-${copy}`
      const spot = spotOf(id)
      const pods = workload.pods.flatMap((pod) => spot.nodes.map((node) => place(pod, spot, node)))
      return { ...workload, name: `${workload.name}-${copy}`, id, pods }
    }),
  )
  return { ...cluster, workloads }
}

function spots(random: Random): (id: string) => Spot {
  const known = new Map<string, Spot>()
  return (id) => {
    const made = (): Spot => ({
      hostNetwork: random.chance(50),
      nodes: random.chance(70) ? [random.pick([null, '1', '2', '3'])] : ['1', random.pick(['2', '3'])],
    })
    const found = known.get(id) ?? made()
    if (!random.chance(10)) known.set(id, found)
    return random.chance(10) ? made() : found
  }
}

/** What became of each pair, one by one. */
function told({ cells }: Pick<ChangedCells, 'cells'>): readonly string[] {
  const lines = cells.flatMap(({ sources, destinations, isSelf, changes }) =>
    sources.flatMap((from) =>
      destinations.flatMap((to) =>
        from === to && !isSelf
          ? []
          : changes.map(
              ({ family, before, after, certainty }) =>
                `${from.id} ${to.id} ${family ?? ''} ${portText(before)} ${portText(after)} ${certainty}`,
            ),
      ),
    ),
  )
  return lines.sort()
}

test('destinations that differ only in where they are say together what each says alone (A-62, A-63)', () => {
  let [changed, together] = [0, 0]
  everyPair(RUNS, 3, ({ base, head }, random) => {
    const spotOf = spots(random)
    const [before, after] = [spread(base.cluster, spotOf), spread(head.cluster, spotOf)]
    const port = parsePort(random.pick(['1-65535', '80/TCP', 'http']))
    if (!port.ok) throw new Error(port.error.message)
    const world = jointWorld({ cluster: before, options: base.engine }, { cluster: after, options: head.engine })
    const { pairs } = endpointPairs(before, after, port.value)
    const compare = (from: readonly EndpointPair[], to: readonly EndpointPair[]) =>
      changedPairs(
        world,
        groupsOf(world, from, 'source', port.value),
        groupsOf(world, to, 'destination', port.value),
        port.value,
      )
    const all = compare(pairs, pairs)
    const single = pairs.flatMap((from) => pairs.map((to) => compare([from], [to])))
    expect(told(all)).toEqual(told({ cells: single.flatMap(({ cells }) => cells) }))
    for (const count of ['before', 'unchanged'] as const)
      expect(all[count]).toBe(single.reduce((sum, one) => sum + one[count], 0))
    changed += told(all).length
    together += all.cells.filter(({ destinations }) => destinations.length > 1).length
  })
  expect(Math.min(changed, together)).toBeGreaterThan(RUNS)
})
