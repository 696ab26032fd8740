import type { ClusterService, ServicePort } from '../../model/cluster.js'
import { checkSubdomain } from './validation.js'
import type { Value } from '../../syntax/text/value.js'

/** What is behind a Service, and whether clients outside the cluster reach it under another address. */
export type ServiceBackends = Pick<
  ClusterService,
  'type' | 'externalName' | 'selector' | 'publishesNotReady' | 'ports' | 'rewritesSource'
>

type Spec = Readonly<Record<string, Value>>

/**
 * Reads what only questions about the Service and notes rest on, so that whatever has the wrong type is left out here and
 * reported, if at all, by those who check Services (B-41).
 */
export function readBackends(spec: Spec): ServiceBackends {
  const { externalName, publishNotReadyAddresses } = spec
  const type = typeOf(spec)
  return {
    type,
    externalName: type === 'ExternalName' && typeof externalName === 'string' ? hostName(externalName) : null,
    selector: readSelector(spec),
    publishesNotReady: publishNotReadyAddresses === true,
    ports: listOf(spec['ports']).flatMap((item) => readPort(item, type)),
    rewritesSource: rewritesSource(spec),
  }
}

/** An unknown type is one of some system of its own; its pods are found as always. */
function typeOf({ type, clusterIP }: Spec): ClusterService['type'] {
  if (type === 'ExternalName') return type
  if (clusterIP === 'None') return 'headless'
  return type === 'NodePort' || type === 'LoadBalancer' ? type : 'ClusterIP'
}

/** An empty selector picks nothing, as none does; an ExternalName has no pods whatever it says. */
function readSelector({ selector, type }: Spec): ReadonlyMap<string, string> | null {
  if (!isMap(selector) || type === 'ExternalName') return null
  const entries = Object.entries(selector)
  const labels = entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
  return labels.length === 0 || labels.length < entries.length ? null : new Map(labels)
}

/** `targetPort` absent, 0 or empty means the port itself, which one that is only a name never maps to another. */
function readPort(item: Value, type: ClusterService['type']): readonly ServicePort[] {
  if (!isMap(item)) return []
  const { name, port, targetPort, nodePort } = item
  const protocol = item['protocol'] ?? 'TCP'
  if (typeof port !== 'number' || (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP')) return []
  const written = typeof targetPort === 'string' || typeof targetPort === 'number' ? targetPort : port
  const target = written === 0 || written === '' ? port : written
  return [
    {
      name: typeof name === 'string' && name !== '' ? name : null,
      protocol,
      port,
      target: type === 'headless' || type === 'ExternalName' ? port : target,
      unusedTarget: type === 'headless' && target !== port ? target : null,
      nodePort: typeof nodePort === 'number' && nodePort > 0 ? nodePort : null,
    },
  ]
}

/** `externalTrafficPolicy: Local` keeps the address of the client; `Cluster` is the default. */
function rewritesSource({ type, externalTrafficPolicy, externalIPs }: Spec): ServiceBackends['rewritesSource'] {
  if (externalTrafficPolicy === 'Local' || type === 'ExternalName') return null
  if (type === 'LoadBalancer' || type === 'NodePort') return type
  return listOf(externalIPs).length > 0 ? 'externalIPs' : null
}

/** A name as DNS has it; the API server refuses any other. */
function hostName(text: string): string | null {
  const name = text.replace(/\.$/, '').toLowerCase()
  return checkSubdomain(name) === null ? name : null
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : []
}

function isMap(value: Value | undefined): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
