import { withinLimits } from '../matrix.js'
import { lazy } from '../../model/once.js'
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
import { groupsOf, workloadOf, type Group } from './groups.js'
import { isolationChanges, type Gain, type IsolationChange } from './isolation-changes.js'
import { jointWorld, type DiffSide, type JointWorld } from './joint-world.js'
import { mixtures } from './mixtures.js'
import { serviceChanges, type ServiceChange } from './service-changes.js'
import { selectPairs, type DiffQuestion } from './select-pairs.js'
import { touchedBy, type Touched } from './touched.js'

/** What a change of policies opens and closes. */
export interface DiffAnswer extends EndpointPairs {
  readonly world: JointWorld
  /** By danger, and then by the ids of the ends. */
  readonly changes: readonly Change[]
  /** Counts the lines of the matrix that are the same on both sides, which takes longer than all else where few policies differ. */
  readonly unchanged: () => number
  readonly isolation: readonly IsolationChange[]
  readonly dns: readonly Gain[]
  readonly services: readonly ServiceChange[]
  /** The edits that changes come of; computed for those that are asked about. */
  readonly because: Because
}

const MOST_CHANGES = 1_000_000

/** Compares two clusters. Mistakes in the question are returned. */
export function diffAnswer(base: DiffSide, head: DiffSide, question: DiffQuestion): Result<DiffAnswer> {
  const port: Result<PortQuestion> = question.port === undefined ? ok({ kind: 'whole-set' }) : parsePort(question.port)
  if (!port.ok) return port
  const asked: PortQuestion = port.value
  const paired = endpointPairs(base.cluster, head.cluster, asked)
  const selected = selectPairs(base, head, paired.pairs, question, asked)
  if (!selected.ok) return selected
  const isMeant = (pair: EndpointPair) => question.includeNew || (pair.base !== null && pair.head !== null)
  const [sources, destinations] = [selected.value.sources, selected.value.destinations].map((some) =>
    some.filter(isMeant),
  )
  if (sources === undefined || destinations === undefined) throw new Error('there are two ends')
  return withinLimits((): DiffAnswer => {
    const world = jointWorld(base, head)
    const mixed = mixtures(world)
    const [from, to] = [groupsOf(world, sources, 'source', asked), groupsOf(world, destinations, 'destination', asked)]
    const outsideIn = (isAsked: Touched): OutsideChanges =>
      changedOutside(world, {
        ingress: {
          near: destinations.filter((pair) => isAsked(pair, 'ingress')),
          ranges: selected.value.outsideSources,
        },
        egress: { near: sources.filter((pair) => isAsked(pair, 'egress')), ranges: selected.value.outsideDestinations },
        port: asked,
      })
    const everywhere = lazy(() => ({
      cells: changedPairs(world, from, to, asked),
      outside: outsideIn(() => true),
    }))
    const touched = touchedBy(world, mixed, paired.pairs)
    const { cells, outside } = touched === null ? everywhere() : { cells: near(touched), outside: outsideIn(touched) }

    /** What may differ: all from sources whose policies do, and what the others have open to destinations whose policies do. */
    function near(isTouched: Touched): Pick<ChangedCells, 'cells'> {
      const [changed, same] = parted(from, (pair) => isTouched(pair, 'egress'))
      const [narrow] = parted(to, (pair) => isTouched(pair, 'ingress'))
      const parts = [changedPairs(world, changed, to, asked), changedPairs(world, same, narrow, asked, 'cells')]
      return { cells: parts.flatMap((part) => part.cells) }
    }

    return {
      ...paired,
      world,
      changes: inOrder(cells, outside),
      unchanged: () => everywhere().cells.unchanged + everywhere().outside.unchanged,
      isolation: isolationChanges(world, { egress: sources, ingress: destinations }),
      dns: dnsChanges(world, sources),
      services: serviceChanges(base.cluster, head.cluster, paired.renamed).filter(aboutAny(question, destinations)),
      because: because(world, mixed, asked),
    }
  })
}

/** Whether a Service leads, or led, to one of the destinations that are asked about; all do where none is. */
function aboutAny(
  { from, to, port }: DiffQuestion,
  destinations: readonly EndpointPair[],
): (change: ServiceChange) => boolean {
  if (from === undefined && to === undefined && port === undefined) return () => true
  const asked = new Set(destinations.map((pair) => workloadOf(pair).id))
  return ({ added, removed, ports }) => [...added, ...removed, ...ports.map(({ id }) => id)].some((id) => asked.has(id))
}

/** Groups of which some endpoint is meant, and the others; all endpoints of a group are alike. */
function parted(
  groups: readonly Group[],
  isMeant: (pair: EndpointPair) => boolean,
): readonly [readonly Group[], readonly Group[]] {
  const isOf = ({ members }: Group) => members.some(isMeant)
  return [groups.filter(isOf), groups.filter((group) => !isOf(group))]
}

function inOrder({ cells }: Pick<ChangedCells, 'cells'>, { changes: outside }: OutsideChanges): readonly Change[] {
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
