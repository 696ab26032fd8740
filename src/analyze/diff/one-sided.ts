import type { Workload } from '../../model/cluster.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { connectionsOf } from '../connection-segments.js'
import type { Selection } from '../matrix-endpoints.js'
import { isOfInternet, rangesOf } from '../outside-ranges.js'
import { reachOf } from '../reach.js'
import type { DiffAnswer } from './diff.js'
import { worldLines } from '../world-lines.js'
import { isolation } from './isolation-changes.js'
import type { SideName } from './joint-world.js'

/** A workload that one side only has, and whom it may talk to there. */
export interface OneSided {
  readonly workload: Workload
  readonly unprotected: readonly Direction[]
  readonly fromInternet: boolean
  readonly toInternet: boolean
  readonly connections: number
  readonly acrossNamespaces: number
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
    for (const connection of connectionsOf(reachOf(matrix, endpoints, selection), worldLines(matrix, selection))) {
      const { from, to, ports } = connection
      if (ports.length === 0) continue
      const ends = [from, to].flatMap((end) => ('party' in end ? [end] : []))
      const isAcross = new Set(ends.map(({ party }) => party.workload.namespace)).size > 1
      const isInternet = isOfInternet(rangesOf(connection))
      for (const id of new Set(ends.map(({ party }) => party.workload.id))) {
        const facts = found.get(id)
        if (facts === undefined) continue
        facts.connections += 1
        if (isAcross) facts.acrossNamespaces += 1
        if (isInternet && 'ranges' in from) facts.fromInternet = true
        if (isInternet && 'ranges' in to) facts.toInternet = true
      }
    }
  }
  return [...found.values()]
}
