import type { ClusterService, ServicePort } from '../../model/cluster.js'
import type { Value } from '../../syntax/text/value.js'

/** Which pods are behind a Service, and whether clients outside the cluster reach them under another address. */
export type ServiceBackends = Pick<ClusterService, 'selector' | 'ports' | 'rewritesSource'>

type Spec = Readonly<Record<string, Value>>

/**
 * Reads what notes rest on: verdicts never do, so that whatever has the wrong type is left out here and reported, if at
 * all, by those who check Services (B-41).
 */
export function readBackends(spec: Spec): ServiceBackends {
  return {
    selector: readSelector(spec),
    ports: listOf(spec['ports']).flatMap((item) => readPort(item, spec['clusterIP'] === 'None')),
    rewritesSource: rewritesSource(spec),
  }
}

/** An empty selector picks nothing, as none does; an ExternalName has no pods whatever it says. */
function readSelector({ selector, type }: Spec): ReadonlyMap<string, string> | null {
  if (!isMap(selector) || type === 'ExternalName') return null
  const entries = Object.entries(selector)
  const labels = entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
  return labels.length === 0 || labels.length < entries.length ? null : new Map(labels)
}

/** `targetPort` absent, 0 or empty means the port itself, which a headless Service never maps to another. */
function readPort(item: Value, isHeadless: boolean): readonly ServicePort[] {
  if (!isMap(item)) return []
  const { port, targetPort } = item
  const protocol = item['protocol'] ?? 'TCP'
  if (typeof port !== 'number' || (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP')) return []
  const target = typeof targetPort === 'string' || typeof targetPort === 'number' ? targetPort : port
  return [{ protocol, port, target: isHeadless || target === 0 || target === '' ? port : target }]
}

/** `externalTrafficPolicy: Local` keeps the address of the client; `Cluster` is the default. */
function rewritesSource({ type, externalTrafficPolicy, externalIPs }: Spec): ServiceBackends['rewritesSource'] {
  if (externalTrafficPolicy === 'Local' || type === 'ExternalName') return null
  if (type === 'LoadBalancer' || type === 'NodePort') return type
  return listOf(externalIPs).length > 0 ? 'externalIPs' : null
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : []
}

function isMap(value: Value | undefined): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
