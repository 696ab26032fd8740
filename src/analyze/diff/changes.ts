import { FAMILIES } from '../../net/address.js'
import type { Change } from './change.js'
import type { Comparison } from './comparison.js'
import { DANGERS, dangerOutside, dangerWithin, type Danger } from './danger.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import { checkChanges } from './limits.js'
import type { LineChange } from './line-changes.js'

/** What the outside is called in an order of ids. */
const OUTSIDE = 'external'

/** What was found, pair by pair: by danger, and then by the ids of the ends. */
export function changesOf({ cells, outside }: Comparison): readonly Change[] {
  const count =
    cells.reduce(
      (sum, { sources, destinations, changes }) => sum + sources.length * destinations.length * changes.length,
      0,
    ) + outside.reduce((sum, { members }) => sum + members.length, 0)
  checkChanges(count)
  const changes = [...ofPods(cells), ...ofOutside(outside)]
  const ranks = ranksOf([
    ...cells.flatMap(({ sources, destinations }) => [sources, destinations]),
    ...outside.map(({ members }) => members),
  ])
  const most = ranks.size + 1
  const keys = Float64Array.from(changes, ({ danger, from, to, family }) => {
    const ends = rankIn(ranks, from) * most + rankIn(ranks, to)
    return (DANGERS.indexOf(danger) * most * most + ends) * 3 + (family === null ? 0 : 1 + FAMILIES.indexOf(family))
  })
  // Ranges that one end has before and after the same ports stay in the order of their addresses
  const order = Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  return Array.from(order, (at) => changes[at]).filter((change) => change !== undefined)
}

/** The places of some ends in the order of their ids, that of the outside among them. */
function ranksOf(lists: readonly (readonly EndpointPair[])[]): ReadonlyMap<string, number> {
  const ids = new Set([OUTSIDE])
  for (const list of lists) for (const { id } of list) ids.add(id)
  return new Map([...ids].sort().map((id, index) => [id, index]))
}

function rankIn(ranks: ReadonlyMap<string, number>, end: EndpointPair | null): number {
  return ranks.get(end?.id ?? OUTSIDE) ?? 0
}

function ofPods(cells: Comparison['cells']): readonly Change[] {
  const found: Change[] = []
  for (const { sources, destinations, isSelf, changes } of cells) {
    for (const from of sources) {
      const { namespace } = workloadOf(from)
      for (const to of destinations) {
        if (from === to && !isSelf) continue
        const other = workloadOf(to).namespace
        for (const line of changes) found.push(changeOf(line, dangerWithin(line, namespace, other), from, to))
      }
    }
  }
  return found
}

/** Written out, since there may be a million of them: to spread a line takes thirty times as long. */
function changeOf(line: LineChange, danger: Danger, from: EndpointPair, to: EndpointPair): Change {
  const { kind, family, before, after, opened, closed, certainty } = line
  return { kind, family, before, after, opened, closed, certainty, danger, from, to, ranges: null }
}

function* ofOutside(changes: Comparison['outside']): Iterable<Change> {
  for (const { direction, members, ranges, change } of changes) {
    const danger = dangerOutside(change, direction, ranges)
    for (const near of members) {
      yield {
        ...change,
        danger,
        ranges,
        ...(direction === 'ingress' ? { from: null, to: near } : { from: near, to: null }),
      }
    }
  }
}
