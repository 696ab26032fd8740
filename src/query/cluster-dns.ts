import type { Cluster, ClusterService } from '../model/cluster.js'
import { matchesNothing, ok, type Result } from './question-error.js'

/** Labels of the pods that serve DNS: of kubeadm and most others, of Helm's CoreDNS, of OpenShift. */
const LABELS: readonly (readonly [key: string, value: string])[] = [
  ['k8s-app', 'kube-dns'],
  ['k8s-app', 'coredns'],
  ['app.kubernetes.io/name', 'coredns'],
  ['dns.operator.openshift.io/daemonset-dns', 'default'],
]
/** Its Service, where other labels than these select its pods. */
const NAMES: readonly string[] = ['kube-system/kube-dns', 'kube-system/coredns', 'openshift-dns/dns-default']

/**
 * Where the pods of a cluster ask for names, as a peer that other questions could name: the DNS Service, else the pods that
 * serve DNS. Names are looked up on port 53 over UDP and TCP, whatever port of the pods is behind that.
 */
export function clusterDns({ services, workloads }: Cluster): Result<string> {
  const found = services.filter(
    (service) =>
      NAMES.includes(`${service.namespace}/${service.name}`) || (servesDns(service) && isOfDns(service.selector)),
  )
  const [service] = [...found].sort((a, b) => rank(a) - rank(b))
  if (service !== undefined) return ok(`${service.namespace}/Service/${service.name}`)
  for (const [key, value] of LABELS) {
    const workload = workloads.find(({ pods }) => pods.some(({ labels }) => labels.get(key) === value))
    if (workload !== undefined) return ok(`${workload.namespace}/${key}=${value}`)
  }
  return matchesNothing(
    'the input does not show the DNS of the cluster',
    'add its Service and pods: kubectl get svc,po -n kube-system -o yaml (openshift-dns on OpenShift)',
  )
}

function isOfDns(selector: ClusterService['selector']): boolean {
  return LABELS.some(([key, value]) => selector?.get(key) === value)
}

function servesDns({ ports }: ClusterService): boolean {
  return ports.some(({ port, protocol }) => port === 53 && protocol === 'UDP')
}

/** The usual names first; another Service may lead to the same pods, as one for metrics does. */
function rank({ namespace, name }: ClusterService): number {
  const place = NAMES.indexOf(`${namespace}/${name}`)
  return place < 0 ? NAMES.length : place
}
