import { type Address, type Family, isLoopback, parseAddress } from './addresses.js'
import type { End } from './evaluate.js'
import type { ClusterNode, Pod, World } from './world.js'
import { holds } from './world.js'

export type Party =
  | { kind: 'pod'; pod: Pod }
  | { kind: 'node'; node: ClusterNode }
  | { kind: 'external'; address: Address }
  /** E-7: a name outside the cluster, of which no address is known. */
  | { kind: 'host'; name: string }

export interface Flow {
  protocol: string
  port: number
  /** Undefined when both families are possible. */
  family: Family | undefined
  /** Set where the connection is made to a Service that has an address of its own. */
  via?: Via
}

export interface Via {
  /** A pod reaches itself. */
  itself: boolean
  /** The addresses of the Service, as far as the input shows them. */
  addresses: readonly Address[]
  /** The nodes that may have put their address in place of the client's. */
  handedOnBy: readonly ClusterNode[]
}

export class NotAQuestion extends Error {}

function podNamed(world: World, wanted: string): Pod {
  for (const pod of world.pods) {
    if (`${pod.namespace}/${pod.name}` !== wanted) continue
    if (pod.finished) throw new NotAQuestion(`pod ${wanted} has terminated`)
    return pod
  }
  throw new NotAQuestion(`no pod ${wanted}`)
}

/** E-5, for pods with an address of their own. */
function podAt(world: World, address: Address, hit: (id: string) => void): Pod | undefined {
  const owners: Pod[] = []
  for (const pod of world.pods) {
    if (pod.hostNetwork || !holds(pod.addresses, address)) continue
    if (pod.finished)
      hit('A-5') // no owner of an address any more
    else owners.push(pod)
  }
  if (owners.length > 1) {
    hit('A-7.same-address')
    for (const pod of owners) if (pod.running) return pod
  }
  return owners[0]
}

function nodeAt(world: World, address: Address): ClusterNode | undefined {
  for (const node of world.nodes) if (holds(node.addresses, address)) return node
  return undefined
}

export function resolveEnd(world: World, end: End, hit: (id: string) => void): Party {
  if ('pod' in end) return { kind: 'pod', pod: podNamed(world, end.pod) }
  if ('node' in end) {
    for (const node of world.nodes) if (node.name === end.node) return { kind: 'node', node }
    throw new NotAQuestion(`no node ${end.node}`)
  }
  if ('host' in end) return { kind: 'host', name: end.host }
  const address = parseAddress(end.address)
  if (address === undefined) throw new NotAQuestion(`not an address: ${end.address}`)
  const pod = podAt(world, address, hit)
  if (pod !== undefined) return { kind: 'pod', pod }
  // the address of hostNetwork pods is their node's
  const node = nodeAt(world, address)
  if (node !== undefined) return { kind: 'node', node }
  return { kind: 'external', address }
}

export function resolveBoth(world: World, from: End, to: End, hit: (id: string) => void): { from: Party; to: Party } {
  const source = resolveEnd(world, from, hit)
  if (source.kind === 'host') throw new NotAQuestion('a host name is no source') // C-18
  if (source.kind === 'pod' && 'address' in to) {
    const address = parseAddress(to.address)
    if (address !== undefined && isLoopback(address)) {
      hit('A-66')
      return { from: source, to: source } // the pod's own loopback
    }
  }
  const destination = resolveEnd(world, to, hit)
  if (source.kind !== 'pod' && destination.kind !== 'pod') throw new NotAQuestion('neither end is a pod') // E-2
  return { from: source, to: destination }
}

export function addressesOf(party: Party): readonly Address[] {
  if (party.kind === 'pod') return party.pod.addresses
  if (party.kind === 'host') return [] // E-7
  return party.kind === 'node' ? party.node.addresses : [party.address]
}

export function isSamePod(one: Party, two: Party): boolean {
  return one.kind === 'pod' && two.kind === 'pod' && one.pod === two.pod // identity, not labels
}

export const sharesNetworkOfNode = (party: Party): boolean => party.kind === 'pod' && party.pod.hostNetwork
