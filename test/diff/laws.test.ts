import { describe, expect, test } from 'vitest'
import { matrixOf } from '../../src/analyze/class-matrix.js'
import { portsOfCaveats } from '../../src/analyze/closed-caveats.js'
import { connectionsOf } from '../../src/analyze/connection-segments.js'
import type { Connection } from '../../src/analyze/connections.js'
import type { Change } from '../../src/analyze/diff/change.js'
import type { EndpointPair } from '../../src/analyze/diff/endpoint-pairs.js'
import type { MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { reachOf } from '../../src/analyze/reach.js'
import { worldLines } from '../../src/analyze/world-lines.js'
import { grouped } from '../../src/model/grouped.js'
import type { AddressRange } from '../../src/net/ranges.js'
import { clusterOf } from '../support/laws.js'
import { dictOf, DIRECTIONS, mapPolicies, rulesOf, withSpec, type Dict, type Json } from '../support/laws-json.js'
import type { Random } from '../support/laws-random.js'
import { everyPair, type RandomSide } from '../support/diff-pairs.js'
import { diffOf, portText, told } from '../support/told-diff.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)

function mirrored(change: Change): Change {
  const kind = { added: 'removed', removed: 'added', changed: 'changed', possible: 'possible' } as const
  const { before, after, opened, closed } = change
  return { ...change, kind: kind[change.kind], before: after, after: before, opened: closed, closed: opened }
}

/** The lines of the matrix of one side, by the index of the pairs at their ends. */
function linesOf(
  { cluster, engine }: RandomSide,
  pairs: readonly EndpointPair[],
  name: 'base' | 'head',
): readonly Line[] {
  const matrix = matrixOf(cluster, engine, portsOfCaveats(cluster))
  const endpoints = [...new Set(pairs.flatMap((pair) => pair[name] ?? []))]
  const all = new Set(endpoints)
  const selection = {
    port: { kind: 'whole-set' },
    within: null,
    outsideSources: 'all',
    outsideDestinations: 'all',
    sources: all,
    destinations: all,
  } as const
  const indexes = new Map<MatrixEndpoint, number[]>()
  for (const pair of pairs) {
    const end = pair[name]
    if (end !== null) indexes.set(end, [...(indexes.get(end) ?? []), pair.index])
  }
  const indexOf = (end: Connection['from']) => ('party' in end ? (indexes.get(end) ?? []) : [-1])
  return [...connectionsOf(reachOf(matrix, endpoints, selection), worldLines(matrix, selection))].flatMap(
    ({ from, to, family, ports }) =>
      indexOf(from).flatMap((a) =>
        indexOf(to).map((b) => ({
          key: `${a} ${b} ${family ?? ''}`,
          ranges: 'ranges' in from ? from.ranges : 'ranges' in to ? to.ranges : null,
          ports: portText(ports),
        })),
      ),
  )
}

interface Line {
  readonly key: string
  readonly ranges: readonly AddressRange[] | null
  readonly ports: string
}

/** What is open between each pair over each family and, towards the outside, at each address at which anything begins. */
function saidAt(lines: readonly Line[], starts: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  // A family without a line of its own has what all have; the lines of families come after that
  for (const { key, ranges, ports } of lines) {
    const [from, to, family] = key.split(' ')
    for (const one of ranges !== null ? [] : family === '' ? ['', 'IPv4', 'IPv6'] : [family ?? '']) {
      found.set(`${from} ${to} ${one}`, ports)
    }
    for (const start of ranges === null ? [] : starts) {
      const [wanted = '', number = '0'] = start.split(' ')
      const at = BigInt(number)
      if (ranges?.some((range) => range.family === wanted && range.first <= at && at <= range.last) === true)
        found.set(`${key} ${start}`, ports)
    }
  }
  return new Map([...found].filter(([, ports]) => ports !== ''))
}

/** The lines of changes on one side: where one is about a family, those that are about all say nothing of each. */
function linesOn(changes: readonly Change[], side: 'before' | 'after'): readonly Line[] {
  const keyOf = ({ from, to }: Change) => `${from?.index ?? -1} ${to?.index ?? -1}`
  const apart = new Set(changes.filter(({ family }) => family !== null).map(keyOf))
  return changes.map((change) => {
    const family = change.family ?? (apart.has(keyOf(change)) ? 'all' : '')
    return { key: `${keyOf(change)} ${family}`, ranges: change.ranges, ports: portText(change[side]) || 'none' }
  })
}

function startsOf(lines: readonly { readonly ranges: readonly AddressRange[] | null }[]): string[] {
  return lines.flatMap(({ ranges }) =>
    (ranges ?? []).flatMap(({ family, first, last }) => [`${family} ${first}`, `${family} ${last}`]),
  )
}

/** How many lines with an open port two matrices have in common; towards the outside one for the same ports at some addresses. */
function inCommon(before: readonly Line[], after: readonly Line[]): number {
  const starts = new Set(startsOf([...before, ...after]))
  const linesIn = (lines: readonly Line[]) => new Set(toldApart(lines).flatMap((line) => textsOf(line, starts)))
  const [a, b] = [linesIn(before), linesIn(after)]
  const both = [...a].filter((line) => b.has(line))
  return new Set(both.map((line) => line.replace(/@.*$/, ''))).size
}

/** Without the lines of families that only differ in what may be open. */
function toldApart(lines: readonly Line[]): readonly Line[] {
  const endsOf = ({ key }: Line) => key.split(' ').slice(0, 2).join(' ')
  return [...grouped(lines, endsOf).values()].flatMap((same) => {
    const ofAll = same.find(({ key }) => key.endsWith(' '))?.ports ?? ''
    const differs = same.some(({ ports, ranges }) => ranges === null && ports !== ofAll)
    return differs ? same : same.filter(({ key }) => key.endsWith(' '))
  })
}

/** A line with its ports; towards the outside once for each of the addresses that it holds. */
function textsOf({ key, ranges, ports }: Line, starts: ReadonlySet<string>): readonly string[] {
  if (ports === '') return []
  if (ranges === null) return [`${key} ${ports}`]
  const isIn = (start: string) => {
    const [wanted, number = '0'] = start.split(' ')
    const at = BigInt(number)
    return ranges.some(({ family, first, last }) => family === wanted && first <= at && at <= last)
  }
  return [...starts].filter(isIn).map((start) => `${key} ${ports}@${start}`)
}

/** The same objects in another order, and so the rules of NetworkPolicies and what stands in these. */
function reordered(objects: readonly Dict[], random: Random): readonly Dict[] {
  return mapPolicies(random.shuffled(objects), (policy) => {
    const lists = DIRECTIONS.flatMap((direction) => {
      const rules = rulesOf(policy, direction)
      if (rules.length === 0) return []
      const shuffled = random.shuffled(rules.map((rule) => withShuffledLists(dictOf(rule), random)))
      return [[direction, shuffled] as const]
    })
    return lists.length === 0 ? policy : withSpec(policy, Object.fromEntries(lists))
  })
}

function withShuffledLists(rule: Dict, random: Random): Dict {
  return Object.fromEntries(
    Object.entries(rule).map(([key, list]) => [key, Array.isArray(list) ? random.shuffled(list as Json[]) : list]),
  )
}

describe('diff', () => {
  test('counts as unchanged the lines that both matrices have', () => {
    let counted = 0
    everyPair(RUNS, 3, ({ base, head }, random) => {
      const includeNew = random.chance(50)
      const { pairs, unchanged } = diffOf(base, head, { includeNew })
      const meant = pairs.filter((pair) => includeNew || (pair.base !== null && pair.head !== null))
      expect(unchanged()).toBe(inCommon(linesOf(base, meant, 'base'), linesOf(head, meant, 'head')))
      counted += unchanged()
    })
    expect(counted).toBeGreaterThan(RUNS)
  })

  test('of a cluster and itself is empty', () => {
    everyPair(RUNS / 2, 1, ({ base }) => {
      const { changes, isolation, dns, renamed, because } = diffOf(base, base)
      const all = { changes, isolation, dns, renamed, unnamed: because.unnamed() }
      expect(all).toEqual({ changes: [], isolation: [], dns: [], renamed: [], unnamed: [] })
    })
  })

  test('does not see how objects, rules and their entries are ordered', () => {
    everyPair(RUNS / 2, 2, ({ base, head }, random) => {
      const moved = (side: RandomSide) => ({ ...side, cluster: clusterOf(reordered(side.objects, random)) })
      const { changes, because } = diffOf(base, moved(base))
      expect([changes.map(told), because.unnamed()]).toEqual([[], []])
      expect(diffOf(moved(base), moved(head)).changes.map(told)).toEqual(diffOf(base, head).changes.map(told))
    })
  })

  test('the other way round is its mirror', () => {
    everyPair(RUNS, 4, ({ base, head }) => {
      const [there, back] = [diffOf(base, head), diffOf(head, base)]
      // Renamed workloads are called as in the head
      if (there.renamed.length > 0) return
      expect(back.changes.map(told).sort()).toEqual(there.changes.map(mirrored).map(told).sort())
      expect(back.unchanged()).toBe(there.unchanged())
    })
  })

  test('leads from one matrix to the other, address by address towards the outside', () => {
    let changed = 0
    everyPair(RUNS, 6, ({ base, head }, random) => {
      const includeNew = random.chance(50)
      const { pairs, changes } = diffOf(base, head, { includeNew })
      changed += changes.length
      const meant = pairs.filter((pair) => includeNew || (pair.base !== null && pair.head !== null))
      const [before, after] = [linesOf(base, meant, 'base'), linesOf(head, meant, 'head')]
      const starts = new Set(startsOf([...before, ...after, ...changes]))
      const [a, b] = [saidAt(before, starts), saidAt(after, starts)]
      const [from, to] = [saidAt(linesOn(changes, 'before'), starts), saidAt(linesOn(changes, 'after'), starts)]
      const applied = new Map(a)
      for (const [full, ports] of from) {
        const key = full.replace(/ all$/, ' ')
        expect(`${key} ${applied.get(key) ?? 'none'}`).toBe(`${key} ${ports}`)
        applied.delete(key)
      }
      for (const [key, ports] of to) if (ports !== 'none') applied.set(key.replace(/ all$/, ' '), ports)
      expect(new Map([...applied].sort())).toEqual(new Map([...b].sort()))
    })
    expect(changed).toBeGreaterThan(RUNS)
  })
})
