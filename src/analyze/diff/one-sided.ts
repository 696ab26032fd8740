import type { Workload } from '../../model/cluster.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { segmentsOf } from '../connection-segments.js'
import type { Selection } from '../matrix-endpoints.js'
import { reachOf } from '../reach.js'
import type { DiffAnswer } from './diff.js'
import { worldLines } from '../world-lines.js'
import { isolation } from './isolation-changes.js'
import type { SideName } from './joint-world.js'
import { countTalk, type Talk } from './talk.js'

/** A workload that one side only has, and whom it may talk to there. */
export interface OneSided extends Readonly<Talk> {
  readonly workload: Workload
  readonly unprotected: readonly Direction[]
}

/** The workloads that one side only has; parts of one count together. In the order of their ids. */
export function workloadsOfOneSide(
  { pairs, world }: Pick<DiffAnswer, 'pairs' | 'world'>,
  name: SideName,
): readonly OneSided[] {
  const other = name === 'base' ? 'head' : 'base'
  const { matrix } = world[name]
  const endpoints = [...new Set(pairs.flatMap((pair) => pair[name] ?? []))]
  const kept = new Set(pairs.flatMap((pair) => (pair[other] === null ? [] : (pair[name]?.party.workload.id ?? []))))
  const own = endpoints.filter(({ party: { workload } }) => !kept.has(workload.id))
  if (own.length === 0) return []
  const isIsolated = isolation(matrix)
  const found = new Map<string, { -readonly [Key in keyof OneSided]: OneSided[Key] }>()
  for (const endpoint of own) {
    const { workload } = endpoint.party
    const before = found.get(workload.id)
    const unprotected = DIRECTIONS.filter(
      (direction) => before?.unprotected.includes(direction) === true || !isIsolated(direction, endpoint),
    )
    found.set(workload.id, {
      ...(before ?? { fromInternet: false, toInternet: false, connections: 0, acrossNamespaces: 0 }),
      workload,
      unprotected,
    })
  }
  const base = { port: { kind: 'whole-set' }, within: null, outsideSources: 'all', outsideDestinations: 'all' } as const
  const [all, some] = [new Set(endpoints), new Set(own)]
  const selections: readonly Selection[] = [
    { ...base, sources: some, destinations: all, outsideSources: null },
    // What goes from one of them to another has been counted
    {
      ...base,
      sources: new Set(endpoints.filter((one) => !some.has(one))),
      destinations: some,
      outsideDestinations: null,
    },
  ]
  for (const selection of selections) {
    countTalk(found, segmentsOf(reachOf(matrix, endpoints, selection), worldLines(matrix, selection)))
  }
  return [...found.values()]
}
