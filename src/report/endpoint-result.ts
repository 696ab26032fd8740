import { merge, type AddressRange } from '../net/ranges.js'
import { toCidrs } from '../net/cidr.js'
import type { Party } from '../query/party.js'
import type { EndpointResult } from './check-result.js'

/** An end of a flow in the public shape; `outside` are the addresses that an answer about an outside end holds for. */
export function endpointResult(party: Party, outside: readonly AddressRange[] | null): EndpointResult {
  switch (party.kind) {
    case 'workload': {
      const { id, kind, namespace, name } = party.workload
      const hostNetwork = party.pods.some((pod) => pod.hostNetwork)
      return {
        id: `${id}${partText(party.part)}`,
        kind,
        namespace,
        name,
        ...(hostNetwork ? { hostNetwork } : {}),
        ...(party.isDescribed === true ? { described: true } : {}),
      }
    }
    case 'node':
      return { id: `node/${party.node.name}`, kind: 'Node', namespace: null, name: party.node.name }
    case 'outside': {
      const cidrs = merge(outside ?? party.ranges).flatMap(toCidrs)
      return { id: party.name, kind: 'External', namespace: null, name: party.name, cidrs }
    }
    case 'host':
      return { id: `host/${party.name}`, kind: 'External', namespace: null, name: party.name }
    case 'loopback':
      return { id: 'loopback', kind: 'Loopback', namespace: null, name: 'loopback' }
  }
}

/** An end as messages call it: `shop/web`. */
export function shortName(party: Party): string {
  if (party.kind === 'workload') return `${party.workload.namespace}/${party.workload.name}${partText(party.part)}`
  return party.kind === 'host' ? party.name : endpointResult(party, null).id
}

function partText(part: string | null): string {
  return part === null ? '' : `{${part}}`
}
