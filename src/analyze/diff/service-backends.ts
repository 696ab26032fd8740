import {
  networkAddresses,
  workloadId,
  type Cluster,
  type ClusterService,
  type Pod,
  type Workload,
} from '../../model/cluster.js'
import { isSameList } from '../../model/same-list.js'
import { isReadyFor } from '../../query/backends.js'
import { isByEndpoints, partiesOf, usedEndpoints } from '../../query/endpoints.js'
import type { Party } from '../../query/party.js'
import { portsBehind, portText } from '../service-ports.js'
import { servicesOf, targetsOf } from '../services.js'

/** The backends of a Service by id, each with the ports that lead to it in words. */
export type Backends = Map<string, Set<string>>

/** What the Services of a cluster lead to, by their ids; workloads are called by the ids that they have in the other cluster. */
export function backendsIn(
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
  const alikeIn = lookIn(cluster)
  for (const workload of cluster.workloads) {
    const id = newIds.get(workload.id) ?? workload.id
    for (const pod of alikeIn(workload)) {
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

/** The pods of a workload without those that Services treat like the one before: most workloads have many, and most are. */
function lookIn({ services }: Cluster): (workload: Workload) => Iterable<Pod> {
  const keys = new Map<string, Set<string>>()
  for (const { namespace, selector } of services) {
    const known = keys.get(namespace) ?? new Set()
    for (const key of selector?.keys() ?? []) known.add(key)
    keys.set(namespace, known)
  }
  return function* ({ namespace, pods }) {
    const asked = keys.get(namespace)
    if (asked === undefined) return
    let last: Pod | null = null
    for (const pod of pods) {
      if (last !== null && isAlike(last, pod, asked)) continue
      last = pod
      yield pod
    }
  }
}

function isAlike(a: Pod, b: Pod, keys: ReadonlySet<string>): boolean {
  const has = (labels: Pod['labels'], others: Pod['labels']): boolean => {
    for (const [key, value] of labels) if (others.get(key) !== value && keys.has(key)) return false
    return true
  }
  return (
    a.readiness === b.readiness &&
    a.hostNetwork === b.hostNetwork &&
    has(a.labels, b.labels) &&
    has(b.labels, a.labels) &&
    isSameList(a.ports, b.ports, (x, y) => x.name === y.name && x.port === y.port && x.protocol === y.protocol) &&
    isSameList(networkAddresses(a), networkAddresses(b), (x, y) => x.family === y.family)
  )
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
