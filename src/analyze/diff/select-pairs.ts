import type { PortQuestion } from '../../query/port.js'
import { ok, type Result } from '../../query/question-error.js'
import { selectEndpoints, type MatrixEndpoint, type MatrixQuestion, type Selection } from '../matrix-endpoints.js'
import type { AskedRanges } from './changed-outside.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { DiffSide } from './joint-world.js'

/** What a comparison is about; everything may be left out. */
export type DiffQuestion = Pick<MatrixQuestion, 'from' | 'to' | 'port' | 'namespace'> & {
  /** Workloads that one side only has count as well. */
  readonly includeNew: boolean
}

/** The pairs and addresses that a comparison is about. */
export interface SelectedPairs {
  readonly sources: readonly EndpointPair[]
  readonly destinations: readonly EndpointPair[]
  readonly outsideSources: AskedRanges
  readonly outsideDestinations: AskedRanges
}

/** Finds out what a comparison is about; a peer must match on one side at least. */
export function selectPairs(
  base: DiffSide,
  head: DiffSide,
  pairs: readonly EndpointPair[],
  question: DiffQuestion,
  port: PortQuestion,
): Result<SelectedPairs> {
  const sources = oneEnd(base, head, pairs, { from: question.from, namespace: question.namespace, pods: false }, port)
  if (!sources.ok) return sources
  const asked = { to: question.to, namespace: question.namespace, pods: false }
  const destinations = oneEnd(base, head, pairs, asked, port)
  if (!destinations.ok) return destinations
  return ok({
    sources: sources.value.pick(({ sources: some }) => some),
    destinations: destinations.value.pick(({ destinations: some }) => some),
    outsideSources: sources.value.ranges(({ outsideSources }) => outsideSources),
    outsideDestinations: destinations.value.ranges(({ outsideDestinations }) => outsideDestinations),
  })
}

interface OneEnd {
  readonly pick: (of: (selection: Selection) => ReadonlySet<MatrixEndpoint>) => readonly EndpointPair[]
  readonly ranges: (of: (selection: Selection) => AskedRanges) => AskedRanges
}

const ALL_PORTS: PortQuestion = { kind: 'whole-set' }

function oneEnd(
  base: DiffSide,
  head: DiffSide,
  pairs: readonly EndpointPair[],
  question: MatrixQuestion,
  port: PortQuestion,
): Result<OneEnd> {
  // Only a destination declares ports
  const asked = question.to === undefined && question.from !== undefined ? ALL_PORTS : port
  const endpoints = (name: 'base' | 'head') => pairs.flatMap((pair) => pair[name] ?? [])
  const after = selectEndpoints(head.cluster, endpoints('head'), question, asked)
  const before = selectEndpoints(base.cluster, [...new Set(endpoints('base'))], question, asked)
  if (!after.ok && !before.ok) return after
  const found = [after, before].flatMap((one) => (one.ok ? [one.value] : []))
  return ok({
    pick(of) {
      const chosen = new Set(found.flatMap((selection) => [...of(selection)]))
      return pairs.filter((pair) => [pair.base, pair.head].some((end) => end !== null && chosen.has(end)))
    },
    ranges: (of) => found.map(of).find((ranges) => ranges !== null) ?? null,
  })
}
