import { type Address, parseAddress } from './addresses.js'
import { get, labels, type Label, list, text, unset } from './json.js'

export interface ClusterNode {
  name: string | undefined
  addresses: Address[]
  /** Undefined where the input has no Node object. */
  labels?: Label[]
}

/** A policy of the cluster (section C). */
export interface ClusterPolicy {
  name: string
  tier: 'Admin' | 'Baseline'
  priority: number
  /** v1alpha1. */
  isOld: boolean
  spec: unknown
}

export interface Pod {
  namespace: string
  name: string
  labels: Label[]
  addresses: Address[]
  node: ClusterNode | undefined
  hostNetwork: boolean
  running: boolean
  finished: boolean
  terminating: boolean
  /** the kubelet says so, or the pod stands in a manifest and has no status at all. */
  ready: boolean
  /** Has no status: from a manifest. */
  planned: boolean
  /** The pod's own status shows an address, were it that of its node. */
  placed: boolean
  spec: unknown
}

export interface Service {
  namespace: string
  name: string
  spec: unknown
}

export interface Policy {
  namespace: string
  name: string
  spec: unknown
}

export interface World {
  namespaces: { name: string; labels: Label[] }[]
  pods: Pod[]
  nodes: ClusterNode[]
  policies: Policy[]
  services: Service[]
  clusterPolicies: ClusterPolicy[]
}

/** C-9: each kind in its tier, the BaselineAdminNetworkPolicy last. */
function readClusterPolicy(object: unknown): ClusterPolicy | undefined {
  const [kind, spec] = [get(object, 'kind'), get(object, 'spec')]
  const name = text(get(get(object, 'metadata'), 'name'))
  const priority = Number(get(spec, 'priority'))
  if (kind === 'AdminNetworkPolicy') return { name, tier: 'Admin', priority, isOld: true, spec }
  if (kind === 'BaselineAdminNetworkPolicy') return { name, tier: 'Baseline', priority: 1001, isOld: true, spec }
  if (kind !== 'ClusterNetworkPolicy') return undefined
  return { name, tier: get(spec, 'tier') === 'Admin' ? 'Admin' : 'Baseline', priority, isOld: false, spec }
}

function addressesOf(values: readonly unknown[]): Address[] {
  const found: Address[] = []
  for (const value of values) {
    const address = parseAddress(text(value))
    if (address !== undefined && !holds(found, address)) found.push(address)
  }
  return found
}

export function holds(addresses: readonly Address[], wanted: Address): boolean {
  for (const one of addresses) if (one.family === wanted.family && one.value === wanted.value) return true
  return false
}

function namespaceOf(object: unknown, hit: (id: string) => void): string {
  const name = text(get(get(object, 'metadata'), 'namespace'))
  if (name !== '') return name
  hit('A-2')
  return 'default'
}

/** Without a status there is nothing to say that it is not. */
function isReady(status: unknown): boolean {
  if (unset(status)) return true
  for (const one of list(get(status, 'conditions'))) {
    if (get(one, 'type') === 'Ready' && get(one, 'status') === 'True') return true
  }
  return false
}

function readPod(object: unknown, hit: (id: string) => void): Pod {
  const metadata = get(object, 'metadata')
  const status = get(object, 'status')
  const phase = text(get(status, 'phase'))
  const ips = addressesOf(list(get(status, 'podIPs')).map((one) => get(one, 'ip')))
  const addresses = ips.length > 0 ? ips : addressesOf([get(status, 'podIP')]) // D-10
  return {
    namespace: namespaceOf(object, hit),
    name: text(get(metadata, 'name')),
    labels: labels(get(metadata, 'labels')),
    addresses,
    placed: addresses.length > 0,
    node: undefined,
    hostNetwork: get(get(object, 'spec'), 'hostNetwork') === true,
    running: phase === 'Running',
    finished: phase === 'Succeeded' || phase === 'Failed',
    terminating: !unset(get(metadata, 'deletionTimestamp')),
    ready: isReady(status),
    planned: unset(status),
    spec: get(object, 'spec'),
  }
}

function hostAddresses(object: unknown): Address[] {
  const status = get(object, 'status')
  return addressesOf([...list(get(status, 'hostIPs')).map((one) => get(one, 'ip')), get(status, 'hostIP')])
}

function addTo(node: ClusterNode, addresses: readonly Address[]): void {
  for (const address of addresses) if (!holds(node.addresses, address)) node.addresses.push(address)
}

/** D-10: the node by name, else the one that has one of these addresses, else nobody knows. */
function nodeFor(nodes: ClusterNode[], name: string, addresses: readonly Address[]): ClusterNode | undefined {
  for (const node of nodes) if (name !== '' && node.name === name) return node
  if (name === '') for (const node of nodes) for (const one of addresses) if (holds(node.addresses, one)) return node
  if (name === '' && addresses.length === 0) return undefined
  const node = { name: name === '' ? undefined : name, addresses: [] }
  nodes.push(node)
  return node
}

export function readWorld(objects: readonly unknown[], hit: (id: string) => void): World {
  const world: World = { namespaces: [], pods: [], nodes: [], policies: [], services: [], clusterPolicies: [] }
  const placed: { pod: Pod; object: unknown; nodeName: string }[] = []
  for (const object of objects) {
    const kind = get(object, 'kind')
    const ofCluster = readClusterPolicy(object)
    if (ofCluster !== undefined) world.clusterPolicies.push(ofCluster)
    const metadata = get(object, 'metadata')
    if (kind === 'Namespace') {
      world.namespaces.push({ name: text(get(metadata, 'name')), labels: labels(get(metadata, 'labels')) })
    } else if (kind === 'NetworkPolicy') {
      const name = text(get(metadata, 'name'))
      world.policies.push({ namespace: namespaceOf(object, hit), name, spec: get(object, 'spec') })
    } else if (kind === 'Service') {
      const name = text(get(metadata, 'name'))
      world.services.push({ namespace: namespaceOf(object, hit), name, spec: get(object, 'spec') })
    } else if (kind === 'Node') {
      const entries = list(get(get(object, 'status'), 'addresses'))
      const addresses = addressesOf(entries.map((one) => get(one, 'address')))
      world.nodes.push({ name: text(get(metadata, 'name')), addresses, labels: labels(get(metadata, 'labels')) })
    } else if (kind === 'Pod') {
      const pod = readPod(object, hit)
      world.pods.push(pod)
      placed.push({ pod, object, nodeName: text(get(pod.spec, 'nodeName')) })
    }
  }
  // Pods that name their node come first, so that a pod which only has an address can find that node by it
  for (const named of [true, false]) {
    for (const { pod, object, nodeName } of placed) {
      if ((nodeName !== '') !== named) continue
      const addresses = hostAddresses(object)
      if (pod.hostNetwork) addresses.push(...pod.addresses)
      pod.node = nodeFor(world.nodes, nodeName, addresses)
      if (pod.node !== undefined) addTo(pod.node, addresses)
    }
  }
  // a hostNetwork pod has the addresses of its node, and of nothing else
  for (const pod of world.pods) if (pod.hostNetwork) pod.addresses = pod.node?.addresses ?? []
  return world
}
