import type { ObjectSource } from './object-source.js'
import type { ClusterNode, Namespace, ObjectName } from '../../model/cluster.js'
import type { ServiceObject } from './cluster-objects.js'
import { readNamespace, readNode, readService } from './cluster-objects.js'
import { readEndpoints, readEndpointSlice, type EndpointsObject } from './endpoints.js'
import type { MapField } from './fields.js'
import type { UsedKind } from '../kinds/kinds.js'
import { readClusterPolicy } from './cluster-policy.js'
import { readNetworkPolicy, type PolicyObject } from './network-policy.js'
import { isWorkloadKind } from './owners.js'
import { readPod, type PodObject } from './pod.js'
import { readWorkload, type WorkloadObject } from './workload.js'

/** An object that was read, in the form that its kind has. */
export type Decoded =
  | { readonly is: 'policy'; readonly object: PolicyObject }
  | { readonly is: 'pod'; readonly object: PodObject }
  | { readonly is: 'workload'; readonly object: WorkloadObject }
  | { readonly is: 'namespace'; readonly object: Namespace }
  | { readonly is: 'node'; readonly object: ClusterNode }
  | { readonly is: 'service'; readonly object: ServiceObject }
  | { readonly is: 'endpoints'; readonly object: EndpointsObject }

/** Reads an object of a kind that is used; null where it cannot be used, which is reported. */
export function decode(kind: UsedKind, root: MapField, source: ObjectSource, defaultNamespace: string): Decoded | null {
  if (isWorkloadKind(kind)) return wrap('workload', readWorkload(kind, root, source, defaultNamespace))
  switch (kind) {
    case 'NetworkPolicy':
      return wrap('policy', readNetworkPolicy(root, source, defaultNamespace))
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy':
    case 'ClusterNetworkPolicy':
      return wrap('policy', readClusterPolicy(kind, root, source))
    case 'Pod':
      return wrap('pod', readPod(root, source, defaultNamespace))
    case 'Namespace':
      return wrap('namespace', readNamespace(root))
    case 'Node':
      return wrap('node', readNode(root))
    case 'Service':
      return wrap('service', readService(root, defaultNamespace))
    case 'Endpoints':
      return wrap('endpoints', readEndpoints(root, defaultNamespace))
    case 'EndpointSlice':
      return wrap('endpoints', readEndpointSlice(root, defaultNamespace))
  }
}

function wrap<Is extends Decoded['is'], T>(is: Is, object: T | null): { is: Is; object: T } | null {
  return object === null ? null : { is, object }
}

/** What an object is called; one of the whole cluster has no namespace. */
export function objectName(kind: string, { is, object }: Decoded): ObjectName {
  if (is === 'namespace' || is === 'node') return { kind, namespace: '', name: object.name }
  const { namespace, name } = object.metadata
  return { kind, namespace, name }
}

/** `Kind namespace/name`, as messages name an object. */
export function nameOf(kind: string, { is, object }: Decoded): string {
  if (is === 'namespace' || is === 'node') return `${kind} ${object.name}`
  const { namespace, name } = object.metadata
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}

/** An object that is used, with its name in messages. */
export interface ReadObject {
  readonly kind: UsedKind
  readonly decoded: Decoded
  readonly name: string
  readonly source: ObjectSource
  /** Kustomize leaves it out of what it builds. */
  readonly isLocal: boolean
  /** The codes of warnings that it silences itself. */
  readonly ignores: readonly string[]
}
