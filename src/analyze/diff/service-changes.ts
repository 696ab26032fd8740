import { workloadId, type Cluster, type ClusterService, type Pod, type Workload } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import { remembered } from '../../model/once.js'
import { isSameList } from '../../model/same-list.js'
import type { Renamed } from './renamed.js'
import { backendsIn } from './service-backends.js'

/** A Service of both sides that leads to other pods, nodes or addresses on one of them, or to other ports of these. */
export interface ServiceChange {
  readonly service: ClusterService
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly ports: readonly PortsChange[]
}

/** A backend of both sides that a Service leads to on other ports: `80/TCP -> 8080`. */
export interface PortsChange {
  readonly id: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** The Services whose backends are not the same, sorted by id; a backend that has another name now is the same one. */
export function serviceChanges(base: Cluster, head: Cluster, renamed: readonly Renamed[]): readonly ServiceChange[] {
  if (base.services.length === 0 || head.services.length === 0) return []
  const newIds = new Map(renamed.map(({ from, to }) => [from.id, to.id]))
  const [old, now] = onlyWhatDiffers(base, head)
  const [before, after] = [backendsIn(old, newIds), backendsIn(now)]
  return [...after]
    .flatMap(([id, { service, backends }]): readonly ServiceChange[] => {
      const known = before.get(id)?.backends
      if (known === undefined) return []
      const added = [...backends.keys()].filter((one) => !known.has(one))
      const removed = [...known.keys()].filter((one) => !backends.has(one))
      const ports = [...backends].flatMap(([one, reached]): readonly PortsChange[] => {
        const [was, is] = [[...(known.get(one) ?? reached)].sort(), [...reached].sort()]
        return was.join() === is.join() ? [] : [{ id: one, before: was, after: is }]
      })
      return added.length + removed.length + ports.length === 0
        ? []
        : [{ service, added: added.sort(), removed: removed.sort(), ports }]
    })
    .sort((a, b) => (workloadId(a.service) < workloadId(b.service) ? -1 : 1))
}

/**
 * Both clusters without the Services of namespaces that were read from the same objects, which share what was decoded: going
 * through all pods takes time where one policy differs. What endpoints list may be pods of any namespace.
 */
function onlyWhatDiffers(base: Cluster, head: Cluster): readonly [Cluster, Cluster] {
  const [old, now] = [base, head].map(({ services, workloads }) => ({
    services: grouped(services, ({ namespace }) => namespace),
    workloads: grouped(workloads, ({ namespace }) => namespace),
  }))
  const differs = remembered((namespace: string): boolean => {
    return (
      !isSameList(old?.services.get(namespace) ?? [], now?.services.get(namespace) ?? [], isSameService) ||
      !isSameList(old?.workloads.get(namespace) ?? [], now?.workloads.get(namespace) ?? [], isSameWorkload)
    )
  })
  const kept = ({ services }: Cluster) =>
    services.filter((service) => service.selector === null || differs(service.namespace))
  return [
    { ...base, services: kept(base) },
    { ...head, services: kept(head) },
  ]
}

function isSameService(a: ClusterService, b: ClusterService): boolean {
  return (
    a.name === b.name &&
    a.selector === b.selector &&
    a.ports === b.ports &&
    a.families === b.families &&
    a.publishesNotReady === b.publishesNotReady
  )
}

function isSameWorkload(a: Workload, b: Workload): boolean {
  return a === b || (a.id === b.id && isSameList(a.pods, b.pods, isSamePod))
}

/** What is read from an object is the very same where that is shared; the addresses of its node are not read from there. */
function isSamePod(a: Pod, b: Pod): boolean {
  return (
    a.labels === b.labels &&
    a.ports === b.ports &&
    a.readiness === b.readiness &&
    a.addresses === b.addresses &&
    a.hostNetwork === b.hostNetwork &&
    isSameList(a.nodeAddresses, b.nodeAddresses, (x, y) => x.family === y.family && x.value === y.value)
  )
}
