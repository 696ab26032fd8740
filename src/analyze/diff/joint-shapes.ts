import { shapesOf } from '../../matrix/shapes.js'
import type { Cluster } from '../../model/cluster.js'
import type { Matrix } from '../class-matrix.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** Equal for endpoints that no mixture of policies can tell apart. */
export function jointShapes(base: Cluster, head: Cluster, matrices: readonly Matrix[]): (pair: EndpointPair) => string {
  const shapes = shapesOf({
    policies: matrices.flatMap(({ compiled }) => compiled.policies),
    cluster: { ...head, workloads: [...base.workloads, ...head.workloads] },
  })
  const shapeOf = (end: MatrixEndpoint | null) => {
    const [pod] = end?.party.pods ?? []
    return pod === undefined ? '-' : (shapes.shapeOf.get(pod)?.number ?? '?')
  }
  return (pair) => `${shapeOf(pair.base)}/${shapeOf(pair.head)}`
}
