import type { CompiledCluster } from '../engine/compile.js'
import { evaluate } from '../engine/evaluate.js'
import type { Cluster, Pod } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { Verdict } from '../model/verdict.js'
import type { FlowAnswer } from './flow-answer.js'

/** Where pods of an ambient mesh receive what other pods of it send them, whatever port that is for. */
export const TUNNEL = 15008
const MODE = 'istio.io/dataplane-mode'
const SIDECAR = 'sidecar.istio.io/inject'

/**
 * What policies say of the port to which an ambient mesh makes a connection, where that is not what they say of the port
 * that was asked; null where they agree, or where no such mesh carries the connection.
 */
export function tunnelVerdict(compiled: CompiledCluster, answer: FlowAnswer): Verdict | null {
  if (answer.protocol !== 'TCP' || (answer.first === TUNNEL && answer.last === TUNNEL)) return null
  for (const { flow } of answer.cases) {
    const { source, destination } = flow
    if (!isInMesh(compiled.cluster, source) || !isInMesh(compiled.cluster, destination)) return null
    // A pod reaches itself without the mesh
    if (answer.ingress.reason === 'same-pod') return null
    const { verdict } = evaluate(compiled, { ...flow, port: TUNNEL })
    if (verdict !== answer.verdict) return verdict
  }
  return null
}

function isInMesh(cluster: Cluster, end: Endpoint): boolean {
  return end.kind === 'pod' && isEnrolled(cluster, end.pod)
}

/** A pod takes part by its own label or that of its namespace; with a sidecar, or on its host's network, it does not. */
export function isEnrolled({ namespaces }: Cluster, { labels, namespace, hostNetwork }: Pod): boolean {
  const mode = labels.get(MODE) ?? namespaces.get(namespace)?.labels.get(MODE)
  return mode === 'ambient' && !hostNetwork && labels.get(SIDECAR) !== 'true'
}

/** Whether any pod may take part in such a mesh. */
export function isMeshed({ namespaces, workloads }: Cluster): boolean {
  return (
    [...namespaces.values()].some(({ labels }) => labels.get(MODE) === 'ambient') ||
    workloads.some(({ pods }) => pods.some(({ labels }) => labels.get(MODE) === 'ambient'))
  )
}
