import type { EngineOptions } from '../../engine/compile.js'
import type { Cluster } from '../../model/cluster.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import { matrixOf, type Matrix } from '../class-matrix.js'
import { endpointsOf, type MatrixEndpoint } from '../matrix-endpoints.js'
import { endOf, type End } from './ends.js'

/** A cluster in which the tests of one file are evaluated. */
export interface AssertionWorld {
  readonly cluster: Cluster
  readonly options: EngineOptions
  /** The namespace of peers that name none. */
  readonly namespace: string
  readonly matrix: Matrix
  /** Every endpoint of the matrix, sorted by id. */
  readonly ends: readonly Extract<End, { kind: 'endpoint' }>[]
  readonly endWith: (endpoint: MatrixEndpoint) => Extract<End, { kind: 'endpoint' }>
  /** Wildcards pass over this end: no policy can keep its node's traffic out. It is counted. */
  readonly leavesOut: (end: End) => boolean
  /** The ids of those that were left out so far. */
  readonly leftOut: ReadonlySet<string>
}

/** Prepares a cluster for tests that ask about these ports. */
export function assertionWorld(
  cluster: Cluster,
  options: EngineOptions,
  namespace: string,
  asked: Iterable<PortAtom>,
): AssertionWorld {
  const endpoints = endpointsOf(cluster, false)
  const ends = new Map(endpoints.map((endpoint) => [endpoint, endOf(endpoint) as Extract<End, { kind: 'endpoint' }>]))
  const leftOut = new Set<string>()
  return {
    cluster,
    options,
    namespace,
    matrix: matrixOf(cluster, options, asked),
    ends: [...ends.values()],
    endWith(endpoint) {
      const end = ends.get(endpoint)
      if (end === undefined) throw new Error(`${endpoint.id} is not an endpoint of the cluster`)
      return end
    },
    leavesOut(end) {
      const isLeft =
        end.kind === 'endpoint' &&
        options.hostNetwork !== 'enforce' &&
        end.endpoint.party.pods.some(({ hostNetwork }) => hostNetwork)
      if (isLeft) leftOut.add(end.id)
      return isLeft
    },
    leftOut,
  }
}
