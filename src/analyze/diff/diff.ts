import { withinLimits } from '../matrix.js'
import { TooCostly } from '../../model/too-costly.js'
import { parsePort, type PortQuestion } from '../../query/port.js'
import { ok, type Result } from '../../query/question-error.js'
import { because, type Because } from './because.js'
import type { Change } from './change.js'
import { changedOutside, type OutsideChanges } from './changed-outside.js'
import { changedPairs, type ChangedCells } from './changed-pairs.js'
import { DANGERS, dangerOutside, dangerWithin } from './danger.js'
import { dnsChanges } from './dns-changes.js'
import { endpointPairs, type EndpointPair, type EndpointPairs } from './endpoint-pairs.js'
import { groupsOf, workloadOf } from './groups.js'
import { isolationChanges, type Gain, type IsolationChange } from './isolation-changes.js'
import { jointWorld, type DiffSide, type JointWorld } from './joint-world.js'
import { selectPairs, type DiffQuestion } from './select-pairs.js'

/** What a change of policies opens and closes. */
export interface DiffAnswer extends EndpointPairs {
  readonly world: JointWorld
  /** By danger, and then by the ids of the ends. */
  readonly changes: readonly Change[]
  /** How many lines of the matrix are the same on both sides. */
  readonly unchanged: number
  readonly isolation: readonly IsolationChange[]
  readonly dns: readonly Gain[]
  /** The edits that changes come of; computed for those that are asked about. */
  readonly because: Because
}

const MOST_CHANGES = 1_000_000

/** Compares two clusters. Mistakes in the question are returned. */
export function diffAnswer(base: DiffSide, head: DiffSide, question: DiffQuestion): Result<DiffAnswer> {
  const port: Result<PortQuestion> = question.port === undefined ? ok({ kind: 'whole-set' }) : parsePort(question.port)
  if (!port.ok) return port
  const paired = endpointPairs(base.cluster, head.cluster, port.value)
  const selected = selectPairs(base, head, paired.pairs, question, port.value)
  if (!selected.ok) return selected
  const isMeant = (pair: EndpointPair) => question.includeNew || (pair.base !== null && pair.head !== null)
  const [sources, destinations] = [selected.value.sources, selected.value.destinations].map((some) =>
    some.filter(isMeant),
  )
  if (sources === undefined || destinations === undefined) throw new Error('there are two ends')
  return withinLimits((): DiffAnswer => {
    const world = jointWorld(base, head)
    const cells = changedPairs(
      world,
      groupsOf(world, sources, 'source', port.value),
      groupsOf(world, destinations, 'destination', port.value),
      port.value,
    )
    const outside = changedOutside(world, {
      ingress: { near: destinations, ranges: selected.value.outsideSources },
      egress: { near: sources, ranges: selected.value.outsideDestinations },
      port: port.value,
    })
    return {
      ...paired,
      world,
      changes: inOrder(cells, outside),
      unchanged: cells.unchanged + outside.unchanged,
      isolation: isolationChanges(world, { egress: sources, ingress: destinations }),
      dns: dnsChanges(world, sources),
      because: because(world, port.value),
    }
  })
}

function inOrder({ cells }: ChangedCells, { changes: outside }: OutsideChanges): readonly Change[] {
  const count =
    cells.reduce(
      (sum, { sources, destinations, changes }) => sum + sources.length * destinations.length * changes.length,
      0,
    ) + outside.reduce((sum, { members }) => sum + members.length, 0)
  if (count > MOST_CHANGES) throw new TooCostly(`more than ${MOST_CHANGES} pairs are opened or closed`)
  const changes = [...ofPods(cells), ...ofOutside(outside)]
  const idOf = (end: EndpointPair | null) => end?.id ?? 'external'
  const rank = new Map(DANGERS.map((danger, index) => [danger, index]))
  return changes
    .map((change) => ({ change, key: [idOf(change.from), idOf(change.to), change.family ?? ''] }))
    .sort((a, b) => (rank.get(a.change.danger) ?? 0) - (rank.get(b.change.danger) ?? 0) || compare(a.key, b.key))
    .map(({ change }) => change)
}

/** Ranges that one end has before and after the same ports come in the order of their addresses, since sorting is stable. */
function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, index) => text !== b[index])
  return at < 0 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1
}

function* ofPods(cells: ChangedCells['cells']): Iterable<Change> {
  for (const { sources, destinations, isSelf, changes } of cells) {
    for (const from of sources) {
      for (const to of destinations) {
        if (from === to && !isSelf) continue
        const [a, b] = [workloadOf(from).namespace, workloadOf(to).namespace]
        for (const change of changes) yield { ...change, danger: dangerWithin(change, a, b), from, to, ranges: null }
      }
    }
  }
}

function* ofOutside(changes: OutsideChanges['changes']): Iterable<Change> {
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
