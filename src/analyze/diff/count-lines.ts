import { chosenReading } from '../../engine/readings.js'
import type { PodClass } from '../../matrix/classes.js'
import { openCounts } from '../../matrix/open-counts.js'
import { outsideUnder } from '../../matrix/outside.js'
import { DIRECTIONS } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { remembered } from '../../model/once.js'
import { overlaps } from '../../net/ranges.js'
import { setAsked } from '../asked-ports.js'
import { classOf } from '../class-matrix.js'
import { changedPairs } from './changed-pairs.js'
import type { Compared } from './compared.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { groupsOf, workloadOf } from './groups.js'
import { jointWorld, type DiffSide, type JointWorld } from './joint-world.js'

/** Counts the lines of the matrix of one side. The pairs that are asked about are of that side and itself. */
export function countLines(side: DiffSide, about: Compared): number {
  const world = jointWorld(side, side)
  return countPairs(world, about) + countOutside(world, about)
}

/** Within the cluster: by classes wherever only these matter. */
function countPairs(world: JointWorld, { sources, destinations, port }: Compared): number {
  const { matrix } = world.base
  const { classes, sets } = matrix
  // Compared with itself, every line of a side is the same
  const oneByOne = (from: readonly EndpointPair[], to: readonly EndpointPair[], by?: 'cells') =>
    from.length === 0 || to.length === 0
      ? 0
      : changedPairs(world, groupsOf(world, from, 'source', port), groupsOf(world, to, 'destination', port), port, by)
          .unchanged
  const classOfPair = remembered((pair: EndpointPair) => classOf(classes, endOf(pair).party))
  const isHost = (pair: EndpointPair) => classOfPair(pair).pod.hostNetwork
  const [own, others] = [sources.filter((pair) => !isHost(pair)), destinations.filter((pair) => !isHost(pair))]
  const weights = new Float64Array(classes.classes.length)
  for (const pair of others) weights[classOfPair(pair).number] = (weights[classOfPair(pair).number] ?? 0) + 1
  const isOfDestination = port.kind === 'name' || port.kind === 'service'
  const counts = isOfDestination ? null : openCounts(matrix, weights, setAsked(sets, port, null))
  if (counts === null) return oneByOne(sources, destinations)

  let sum = 0
  const isDestination = new Set(others)
  const bySource = grouped(own, (pair): PodClass => classes.asSource[classOfPair(pair).number] ?? classOfPair(pair))
  for (const [source, members] of bySource) {
    sum += members.length * counts.count(source)
    for (const pair of members)
      if (!endOf(pair).another && isDestination.has(pair) && counts.opens(classOfPair(pair))) sum -= 1
  }
  return sum + oneByOne(sources.filter(isHost), destinations) + oneByOne(own, destinations.filter(isHost), 'cells')
}

/** Towards the outside: one line for each set of ports that is open to some address. */
function countOutside(world: JointWorld, { sources, destinations, ranges, port }: Compared): number {
  const { matrix } = world.base
  const { classes, sets, compiled } = matrix
  const walkOf = outsideUnder(matrix, { family: null, reading: chosenReading(compiled), extent: 'value' })
  let sum = 0
  for (const direction of DIRECTIONS) {
    const near = direction === 'ingress' ? destinations : sources
    const asked = ranges[direction]
    // A port name means nothing outside a pod
    if (asked === null || (direction === 'egress' && port.kind === 'name')) continue
    const linesOf = remembered((ports: number) =>
      remembered((podClass: PodClass) => {
        const open = new Set<number>()
        for (const piece of walkOf(direction, podClass)) {
          if (asked === 'all' || asked.some((range) => overlaps(range, piece)))
            open.add(sets.intersect(ports, piece.value))
        }
        open.delete(sets.none)
        return open.size
      }),
    )
    for (const pair of near) {
      const end = endOf(pair)
      sum += linesOf(setAsked(sets, port, direction === 'egress' ? null : end))(classOf(classes, end.party))
    }
  }
  return sum
}

function endOf(pair: EndpointPair) {
  if (pair.base === null) throw new Error(`${workloadOf(pair).id} is not on this side`)
  return pair.base
}
