/** Services: what is behind them, and on which ports. */
import { type Address, type Family, parseAddress } from './addresses.js'
import { get, labels, list, text, unset } from './json.js'
import { declaredPorts } from './ports.js'
import { labelValue } from './selectors.js'
import type { ClusterNode, Pod, Service, World } from './world.js'

type Hit = (id: string) => void

export interface PortAsked {
  port: number | string
  /** Of a number TCP where nothing is said; of a name that of its port. */
  protocol?: string
}

export const isHeadless = (service: Service): boolean => get(service.spec, 'clusterIP') === 'None'
export const isAlias = (service: Service): boolean => get(service.spec, 'type') === 'ExternalName'

/** The addresses of the Service itself; none of a headless one, nor where the input shows none. */
export function serviceAddresses(service: Service): Address[] {
  const found: Address[] = []
  for (const value of [get(service.spec, 'clusterIP'), ...list(get(service.spec, 'clusterIPs'))]) {
    const address = parseAddress(text(value))
    if (address !== undefined) found.push(address)
  }
  return found
}

/** The families that the Service has, as far as the input says; undefined where it does not. */
export function serviceFamilies(service: Service): Family[] | undefined {
  const told = list(get(service.spec, 'ipFamilies'))
  const found: Family[] = []
  for (const family of ['IPv4', 'IPv6'] as const) {
    const shown = serviceAddresses(service).some((address) => address.family === family)
    if (told.length > 0 ? told.includes(family) : shown) found.push(family)
  }
  return found.length === 0 ? undefined : found
}

/** by number and protocol, or by name. */
export function servicePort(service: Service, asked: PortAsked): unknown {
  for (const port of list(get(service.spec, 'ports'))) {
    const byName = typeof asked.port === 'string'
    if (get(port, byName ? 'name' : 'port') !== asked.port) continue
    const wanted = asked.protocol ?? (byName ? protocolOf(port) : 'TCP')
    if (protocolOf(port) === wanted) return port
  }
  return undefined
}

export const protocolOf = (port: unknown): string => text(get(port, 'protocol')) || 'TCP'

/** the port that a port of the Service leads to on a pod; undefined where the pod is not behind it. */
export function targetOn(pod: Pod, port: unknown, hit: Hit): number | undefined {
  const target = get(port, 'targetPort')
  if (unset(target) || target === 0 || target === '') {
    hit('A-81.same')
    return Number(get(port, 'port'))
  }
  if (typeof target === 'number') {
    hit('A-81.number')
    return target
  }
  let found: number | undefined
  for (const one of declaredPorts(pod)) {
    if (one.name !== target) continue
    if (one.plainInit) {
      hit('A-81.plain-init')
      continue // A-54g
    }
    if (one.protocol !== protocolOf(port)) {
      hit('A-81.other-protocol')
      continue // the protocol of the Service's port
    }
    if (found === undefined) found = Number(one.number)
    else hit('A-81.first') // A-54f: the first one in the order of containers
    if (one.sidecar && found === one.number) hit('A-81.sidecar')
  }
  hit(found === undefined ? 'A-81.undeclared' : 'A-81.name')
  return found
}

/** the pods that the selector of the Service means; undefined where it has none, and so nobody knows. */
export function backendsOf(
  world: World,
  service: Service,
  families: readonly Family[] | undefined,
  hit: Hit,
): Pod[] | undefined {
  const selector = labels(get(service.spec, 'selector'))
  if (selector.length === 0) {
    hit('A-82.no-selector')
    return undefined
  }
  const publishes = get(service.spec, 'publishNotReadyAddresses') === true
  const found: Pod[] = []
  for (const pod of world.pods) {
    if (pod.namespace !== service.namespace) continue
    if (!selector.every(({ key, value }) => labelValue(pod.labels, key) === value)) continue
    if (!isEndpoint(pod, publishes, hit)) continue
    // a pod of one family is not behind the other family of the Service
    const shown = pod.addresses.length > 0 && families !== undefined
    if (!shown || pod.addresses.some(({ family }) => families.includes(family))) found.push(pod)
    else hit('A-44.service')
  }
  return found
}

function isEndpoint(pod: Pod, publishes: boolean, hit: Hit): boolean {
  if (pod.finished) {
    hit('A-82.finished')
    return false
  }
  if (pod.planned) {
    hit('A-82.planned')
    return true // of manifests every pod counts
  }
  if (!pod.placed) {
    hit('A-82.no-address')
    return false
  }
  if (pod.ready && !pod.terminating) {
    hit('A-82')
    return true
  }
  hit(publishes ? 'A-82.published' : pod.terminating ? 'A-82.terminating' : 'A-82.not-ready')
  return publishes
}

/** the nodes that may hand a connection from outside on in their own name; unknown ones where the input has none. */
export function handingNodes(world: World, service: Service, family: Family | undefined, hit: Hit): ClusterNode[] {
  const type = get(service.spec, 'type')
  if (type !== 'NodePort' && type !== 'LoadBalancer') return []
  if (get(service.spec, 'externalTrafficPolicy') === 'Local') {
    hit('A-83.local')
    return []
  }
  hit('A-83.cluster')
  // A node that only has a name may have an address of any family
  const nodes = world.nodes.filter(
    ({ addresses }) => addresses.length === 0 || family === undefined || addresses.some((one) => one.family === family),
  )
  return nodes.length > 0 ? nodes : [{ name: undefined, addresses: [] }]
}
