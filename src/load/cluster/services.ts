import { formatAddress } from '../../net/address.js'
import type { ClusterService, EndpointPort, ServiceEndpoint } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import type { ReadObject } from '../decode/decode.js'
import type { EndpointsObject } from '../decode/endpoints.js'

/** Services as often as they stand in the input, since what is asked of them is not what makes two the same. */
export function servicesOf(objects: readonly ReadObject[]): readonly ClusterService[] {
  const listed = objects.flatMap(({ kind, decoded }) =>
    decoded.is === 'endpoints' && decoded.object.service !== null ? [{ kind, object: decoded.object }] : [],
  )
  const byService = grouped(listed, ({ object: { metadata, service } }) => `${metadata.namespace}/${service ?? ''}`)
  return objects.flatMap(({ decoded }) => {
    if (decoded.is !== 'service') return []
    const { metadata, clusterAddresses, externalAddresses, families, backends } = decoded.object
    const { namespace, name } = metadata
    const own = backends.selector === null ? (byService.get(`${namespace}/${name}`) ?? []) : []
    // The cluster copies Endpoints into slices, so that both say the same, or slices say more
    const slices = own.filter(({ kind }) => kind === 'EndpointSlice')
    const used = slices.length > 0 ? slices : own
    const endpoints = eachOnce(used.map(({ object }) => object))
    return [{ kind: 'Service', namespace, name, clusterAddresses, externalAddresses, families, ...backends, endpoints }]
  })
}

const RANK = { ready: 0, terminating: 1, 'not-ready': 2 } as const

/** Slices of one Service may list an address for several ports, and twice while it moves from one to another. */
function eachOnce(objects: readonly EndpointsObject[]): readonly ServiceEndpoint[] {
  const all = grouped(
    objects.flatMap(({ endpoints }) => endpoints),
    ({ address }) => formatAddress(address),
  )
  return [...all.values()].flatMap((same) => {
    const [best] = [...same].sort((a, b) => RANK[a.readiness] - RANK[b.readiness])
    if (best === undefined) return []
    const lists = [...new Set(same.filter(({ readiness }) => readiness === best.readiness).map(({ ports }) => ports))]
    return [{ ...best, ports: lists.length === 1 ? best.ports : distinct(lists.flat()) }]
  })
}

function distinct(ports: readonly EndpointPort[]): readonly EndpointPort[] {
  return [...new Map(ports.map((one) => [`${one.name} ${one.port}/${one.protocol}`, one])).values()]
}
