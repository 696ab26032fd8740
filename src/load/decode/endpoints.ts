import { FAMILIES, formatAddress } from '../../net/address.js'
import type { EndpointPort, ObjectName, ServiceEndpoint } from '../../model/cluster.js'
import { asBoolean, asInteger, asList, asMap, asString, get, type Field, type MapField } from './fields.js'
import { readMetadata, type Metadata } from './metadata.js'
import { readAddress } from './pod.js'
import { checkPortNumber, readProtocol } from './policy-port.js'
import { refusal, softened } from './problem.js'

const CODE = 'NP046'
const SERVICE_LABEL = 'kubernetes.io/service-name'
/** What the API server takes; a longer list is cut there, so that no slice is worth more than a real one. */
const MOST_ENDPOINTS = 1000
const MOST_ADDRESSES = 100

/** What an EndpointSlice or an Endpoints object lists for a Service of its namespace. */
export interface EndpointsObject {
  readonly metadata: Metadata
  /** The name of the Service; null for a slice that belongs to none. */
  readonly service: string | null
  readonly endpoints: readonly ServiceEndpoint[]
}

/**
 * Reads an EndpointSlice. Only questions about a Service without a selector rest on it, so that what is wrong with it is a
 * warning. Slices of host names (`FQDN`) are not used by kube-proxy.
 */
export function readEndpointSlice(root: MapField, defaultNamespace: string): EndpointsObject | null {
  const metadata = readMetadata(root, defaultNamespace, 'subdomain')
  if (metadata === null) return null
  const report = softened(root.report)
  const family = FAMILIES.find((known) => known === get(root, 'addressType').value)
  const ports = readPorts(get(root, 'ports', report))
  const listed = family === undefined ? [] : atMost(MOST_ENDPOINTS, get(root, 'endpoints', report))
  const endpoints = listed.flatMap((item): readonly ServiceEndpoint[] => {
    const map = asMap(item)
    if (map === null) return []
    const readiness = readConditions(get(map, 'conditions'))
    const pod = readTarget(get(map, 'targetRef'), metadata)
    return atMost(MOST_ADDRESSES, get(map, 'addresses')).flatMap((field) =>
      readAddress(field)
        .filter((address) => {
          if (address.family === family) return true
          const problem = { invalid: formatAddress(address) }
          field.report(refusal(CODE, field.path, problem, `must be an address of the slice's type ${family ?? ''}`))
          return false
        })
        .map((address) => ({ address, readiness, pod, ports })),
    )
  })
  return { metadata, service: metadata.labels.get(SERVICE_LABEL) ?? null, endpoints }
}

/** Reads an Endpoints object, which has the name of its Service. */
export function readEndpoints(root: MapField, defaultNamespace: string): EndpointsObject | null {
  const metadata = readMetadata(root, defaultNamespace, 'subdomain')
  if (metadata === null) return null
  const subsets = asList(get(root, 'subsets', softened(root.report))).flatMap((item) => asMap(item) ?? [])
  const endpoints = subsets.flatMap((subset) => {
    const ports = readPorts(get(subset, 'ports'))
    return (['addresses', 'notReadyAddresses'] as const).flatMap((key) =>
      asList(get(subset, key)).flatMap((item): readonly ServiceEndpoint[] => {
        const map = asMap(item)
        if (map === null) return []
        const pod = readTarget(get(map, 'targetRef'), metadata)
        const readiness = key === 'addresses' ? 'ready' : 'not-ready'
        return readAddress(get(map, 'ip')).map((address) => ({ address, readiness, pod, ports }))
      }),
    )
  })
  return { metadata, service: metadata.name, endpoints }
}

/** An absent condition means ready; one that is being deleted may serve on, and is used where none is ready. */
function readConditions(field: Field): ServiceEndpoint['readiness'] {
  const conditions = asMap(field)
  if (conditions === null || asBoolean(get(conditions, 'ready')) !== false) return 'ready'
  const isServing = asBoolean(get(conditions, 'serving')) === true
  return isServing && asBoolean(get(conditions, 'terminating')) === true ? 'terminating' : 'not-ready'
}

function readTarget(field: Field, { namespace }: Metadata): ObjectName | null {
  const target = asMap(field)
  if (target === null || asString(get(target, 'kind')) !== 'Pod') return null
  const name = asString(get(target, 'name'))
  return name === null ? null : { kind: 'Pod', namespace: asString(get(target, 'namespace')) ?? namespace, name }
}

/** The ports of a list; of several with one name and protocol the first. kube-proxy skips those without a number. */
function readPorts(field: Field): readonly EndpointPort[] {
  const found = new Map<string, EndpointPort>()
  for (const item of asList(field)) {
    const map = asMap(item)
    if (map === null) continue
    const name = asString(get(map, 'name')) ?? ''
    const numberField = get(map, 'port')
    const port = asInteger(numberField)
    const protocol = readProtocol(get(map, 'protocol'), CODE)
    if (port === null || protocol === null || !checkPortNumber(numberField, port, CODE)) continue
    const key = `${name}/${protocol}`
    if (found.has(key)) {
      item.report(refusal(CODE, item.path, { invalid: key }, 'a port name may be used only once'))
    } else found.set(key, { name, protocol, port })
  }
  return [...found.values()]
}

function atMost(most: number, field: Field): readonly Field[] {
  const items = asList(field)
  if (items.length <= most) return items
  field.report(refusal(CODE, field.path, { invalid: items.length }, `must have at most ${most} items`))
  return items.slice(0, most)
}
