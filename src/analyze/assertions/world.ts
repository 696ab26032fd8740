import type { EngineOptions } from '../../engine/compile.js'
import type { Cluster, Pod } from '../../model/cluster.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import { lazy } from '../../model/once.js'
import { matrixOf, type Matrix } from '../class-matrix.js'
import { endpointsOf } from '../matrix-endpoints.js'
import { endOf, type EndpointEnd } from './ends.js'

/** A cluster in which the tests of one file are evaluated. */
export interface AssertionWorld {
  readonly cluster: Cluster
  readonly options: EngineOptions
  /** The namespace of peers that name none. */
  readonly namespace: string
  readonly matrix: Matrix
  /** Every endpoint of the matrix, sorted by id. */
  readonly ends: readonly EndpointEnd[]
  readonly endOfPod: (pod: Pod) => EndpointEnd
  /** Those that wildcards mean: no policy can keep the traffic of its node out of the others, which are counted. */
  readonly everybody: () => readonly EndpointEnd[]
  /** The same of some of them. */
  readonly withoutHosts: (some: readonly EndpointEnd[]) => readonly EndpointEnd[]
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
  const ends = endpointsOf(cluster, false).map(endOf)
  const endOfPod = new Map(ends.flatMap((end) => end.endpoint.party.pods.map((pod) => [pod, end] as const)))
  const hosts = new Set(ends.filter(({ endpoint }) => endpoint.party.pods.some(({ hostNetwork }) => hostNetwork)))
  const leavesOut = options.hostNetwork !== 'enforce' && hosts.size > 0
  const leftOut = new Set<string>()
  const withoutHosts = (some: readonly EndpointEnd[]): readonly EndpointEnd[] => {
    if (!leavesOut) return some
    return some.filter((end) => {
      if (hosts.has(end)) leftOut.add(end.id)
      return !hosts.has(end)
    })
  }
  return {
    cluster,
    options,
    namespace,
    matrix: matrixOf(cluster, options, asked, 'here and there'),
    ends,
    endOfPod(pod) {
      const end = endOfPod.get(pod)
      if (end === undefined) throw new Error(`the pod ${pod.namespace}/${pod.name} is not one of the cluster`)
      return end
    },
    everybody: lazy(() => withoutHosts(ends)),
    withoutHosts,
    leftOut,
  }
}
