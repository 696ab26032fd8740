import { workloadId, type Cluster, type ClusterService } from '../../model/cluster.js'
import { isReadyFor } from '../../query/backends.js'
import { isByEndpoints, partiesOf, usedEndpoints } from '../../query/endpoints.js'
import type { Party } from '../../query/party.js'
import { portsBehind, portText } from '../service-ports.js'
import { servicesOf, targetsOf } from '../services.js'
import type { Renamed } from './renamed.js'

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
  const [before, after] = [backendsIn(base, newIds), backendsIn(head)]
  return [...after]
    .flatMap(([id, { service, backends }]): readonly ServiceChange[] => {
      const old = before.get(id)?.backends
      if (old === undefined) return []
      const added = [...backends.keys()].filter((one) => !old.has(one))
      const removed = [...old.keys()].filter((one) => !backends.has(one))
      const ports = [...backends].flatMap(([one, now]): readonly PortsChange[] => {
        const [was, is] = [[...(old.get(one) ?? now)].sort(), [...now].sort()]
        return was.join() === is.join() ? [] : [{ id: one, before: was, after: is }]
      })
      return added.length + removed.length + ports.length === 0
        ? []
        : [{ service, added: added.sort(), removed: removed.sort(), ports }]
    })
    .sort((a, b) => (workloadId(a.service) < workloadId(b.service) ? -1 : 1))
}

/** The backends of a Service by id, each with the ports that lead to it in words. */
type Backends = Map<string, Set<string>>

function backendsIn(
  cluster: Cluster,
  newIds: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, { readonly service: ClusterService; readonly backends: Backends }> {
  const found = new Map(
    cluster.services.map((service) => [workloadId(service), { service, backends: new Map<string, Set<string>>() }]),
  )
  const put = (service: ClusterService, id: string, ports: readonly string[]): void => {
    const backends = found.get(workloadId(service))?.backends
    const known = backends?.get(id) ?? new Set()
    for (const port of ports) known.add(port)
    backends?.set(id, known)
  }
  for (const workload of cluster.workloads) {
    const id = newIds.get(workload.id) ?? workload.id
    for (const pod of workload.pods) {
      for (const service of servicesOf(cluster, pod)) {
        if (!isReadyFor(service, pod)) continue
        put(
          service,
          id,
          service.ports.flatMap((port) => targetsOf(port, pod).map((target) => `${portText(port)} -> ${target}`)),
        )
      }
    }
  }
  for (const { service } of [...found.values()]) {
    for (const party of listed(cluster, service)) {
      const behind = portsBehind({ service, ports: service.ports }, party)
      put(
        service,
        nameOf(party, newIds),
        behind.map(({ before, port }) => `${portText(before)} -> ${port}`),
      )
    }
  }
  return found
}

function listed(cluster: Cluster, service: ClusterService): readonly Party[] {
  if (service.type === 'ExternalName')
    return service.externalName === null ? [] : [{ kind: 'host', name: service.externalName }]
  if (!isByEndpoints(service)) return []
  return partiesOf(cluster, usedEndpoints(service), ({ workload, pods }) => [
    { kind: 'workload', workload, pods, part: null },
  ])
}

function nameOf(party: Party, newIds: ReadonlyMap<string, string>): string {
  switch (party.kind) {
    case 'workload':
      return newIds.get(party.workload.id) ?? party.workload.id
    case 'node':
      return `node/${party.node.name}`
    case 'host':
    case 'outside':
      return party.name
    case 'loopback':
      return party.kind
  }
}
