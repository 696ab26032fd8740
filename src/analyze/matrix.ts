import type { EngineOptions } from '../engine/compile.js'
import type { Cluster } from '../model/cluster.js'
import { portsOfCaveats } from './closed-caveats.js'
import { lazy } from '../model/once.js'
import { isTooCostlyError } from '../model/too-costly.js'
import { parsePort, type PortQuestion } from '../query/port.js'
import { misworded, ok, type Result } from '../query/question-error.js'
import { matrixOf, type Matrix } from './class-matrix.js'
import { connectionsOf, segmentsOf, type Segment } from './connection-segments.js'
import type { Connection } from './connections.js'
import {
  endpointsOf,
  portsInService,
  selectEndpoints,
  type MatrixEndpoint,
  type MatrixQuestion,
  type Selection,
} from './matrix-endpoints.js'
import type { Overview, OverviewDetail } from './overview-result.js'
import { overviewOf } from './overview.js'
import { reachOf } from './reach.js'
import { worldLines } from './world-lines.js'

/** Who may reach whom; connections are computed while they are read. */
export interface MatrixAnswer {
  /** Sorted by id; only those that the question is about. */
  readonly endpoints: readonly MatrixEndpoint[]
  /**
   * Every pair with a port that is open or may be, sorted by id; to be read as often as wanted. `onRow` hears after each source. Reading throws
   * {@link TooCostly} where a limit is passed.
   */
  readonly connections: (onRow?: (done: number) => void) => Iterable<Connection>
  /** The same in parts that sources share. */
  readonly segments: (onRow?: (done: number) => void) => Iterable<Segment>
  /** The same summed up, however many connections there are. */
  readonly overview: (detail: OverviewDetail, onRow?: (done: number) => void) => Overview
  readonly matrix: Matrix
  readonly selection: Selection
}

/** Answers who may reach whom. Mistakes in the question are returned. */
export function matrixAnswer(cluster: Cluster, question: MatrixQuestion, options: EngineOptions): Result<MatrixAnswer> {
  const port: Result<PortQuestion> = question.port === undefined ? ok({ kind: 'whole-set' }) : parsePort(question.port)
  if (!port.ok) return port
  const mapped = portsInService(cluster, question, port.value)
  if (!mapped.ok) return mapped
  const all = endpointsOf(cluster, question.pods, mapped.value)
  const selected = selectEndpoints(cluster, all, question, mapped.value)
  if (!selected.ok) return selected
  const selection = selected.value
  const destinations = [...selection.destinations].map(({ party }) => party)
  const matrix = withinLimits(() => matrixOf(cluster, options, portsOfCaveats(cluster), 'in order', destinations))
  if (!matrix.ok) return matrix
  const world = worldLines(matrix.value, selection)
  const reach = lazy(() => reachOf(matrix.value, all, selection))
  return ok({
    endpoints: all.filter((endpoint) => selection.sources.has(endpoint) || selection.destinations.has(endpoint)),
    connections: (onRow) => connectionsOf(reach(), world, onRow),
    segments: (onRow) => segmentsOf(reach(), world, onRow),
    overview: (detail, onRow) => overviewOf(reach(), world, detail, onRow),
    matrix: matrix.value,
    selection,
  })
}

/** Makes the user's mistake of what takes too long. */
export function withinLimits<Value>(compute: () => Value): Result<Value> {
  try {
    return ok(compute())
  } catch (error) {
    if (isTooCostlyError(error)) return misworded(error.message, error.help)
    throw error
  }
}
