import { closest } from '../../model/closest.js'

/** Every kind that Kubernetes serves in the groups whose kinds are read; any other is a mistake that a cluster refuses. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount Status'.split(
    ' ',
  ),
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'IPAddress', 'NetworkPolicy', 'ServiceCIDR'],
  'policy.networking.k8s.io/v1alpha1': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  'policy.networking.k8s.io/v1alpha2': ['ClusterNetworkPolicy'],
}

/** For a kind that Kubernetes does not serve there: the one that was probably meant, or null. Undefined if it does. */
export function unservedKind(kind: string, apiVersion: string): string | null | undefined {
  const served = Object.hasOwn(SERVED, apiVersion) ? SERVED[apiVersion] : undefined
  if (served === undefined || served.includes(kind.replace(/List$/, '')) || served.includes(kind)) return undefined
  return closest(kind, served)
}
