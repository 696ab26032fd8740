import { BITS, formatAddress, type Address, type Family } from '../net/address.js'
import { wholeFamily, type AddressRange } from '../net/ranges.js'
import type { Cluster } from '../model/cluster.js'
import { selects } from '../model/labels.js'
import { suggestForLabels } from './did-you-mean.js'
import { resolveName } from './names.js'
import type { Parties } from './party.js'
import type { PartsOf, PickedPods } from './parts.js'
import type { PeerQuestion } from './peer.js'
import { matchesGlob } from './glob.js'
import { matchesNothing, ok, type Result } from './question-error.js'
import { internetRanges } from './special-purpose.js'

/** Finds out who a peer is. One that matches nobody is an error with a suggestion, never an empty answer. */
export function resolvePeer(cluster: Cluster, question: PeerQuestion, text: string, partsOf: PartsOf): Result<Parties> {
  switch (question.kind) {
    case 'any':
      return cluster.workloads.length === 0
        ? matchesNothing('`any` matches no workload: there is none in the input')
        : many(
            cluster.workloads.map((workload) => ({ workload, pods: workload.pods })),
            partsOf,
          )
    case 'internet':
      return outside(text, cluster.families.flatMap(internetRanges))
    case 'external':
      return outside(text, cluster.families.map(wholeFamily))
    case 'address':
      return resolveAddress(cluster, question.address, partsOf)
    case 'cidr':
      return question.cidr.prefix === BITS[question.cidr.family]
        ? resolveAddress(cluster, { family: question.cidr.family, value: question.cidr.first }, partsOf)
        : outside(text, [question.cidr])
    case 'labels': {
      const { namespace, selector } = question
      const picked = cluster.workloads
        .filter((workload) => matchesGlob(namespace, workload.namespace))
        .map((workload) => ({ workload, pods: workload.pods.filter((pod) => selects(selector, pod.labels)) }))
        .filter(({ pods }) => pods.length > 0)
      return picked.length > 0
        ? many(picked, partsOf)
        : matchesNothing(`no pod matches \`${text}\``, suggestForLabels(cluster, namespace, selector))
    }
    case 'name':
      return resolveName(cluster, question.readings, text, partsOf)
  }
}

function many(picked: readonly PickedPods[], partsOf: PartsOf): Result<Parties> {
  return ok({ parties: picked.flatMap(partsOf), wildcard: true, address: null })
}

function outside(name: string, ranges: readonly AddressRange[]): Result<Parties> {
  return ok({ parties: [{ kind: 'outside', name, ranges }], wildcard: true, address: null })
}

/** An address that a pod or node has means that pod or node (E-5); host-network pods share their node's. */
function resolveAddress(cluster: Cluster, address: Address, partsOf: PartsOf): Result<Parties> {
  const same = (other: Address) => other.family === address.family && other.value === address.value
  if (isLoopback(address)) return ok({ parties: [{ kind: 'loopback' }], wildcard: false, address: null })
  const owners = cluster.workloads.flatMap((workload) =>
    workload.pods
      .filter((pod) => !pod.hostNetwork && pod.addresses.some(same))
      .map((pod) => ({ workload, pods: [pod], running: pod.running })),
  )
  const owner = owners.find(({ running }) => running) ?? owners[0]
  if (owner !== undefined) {
    return ok({ parties: partsOf(owner), wildcard: false, address: { of: 'pod', family: address.family } })
  }
  for (const node of cluster.nodes.values()) {
    if (![...node.addresses, ...node.externalAddresses].some(same)) continue
    return ok({
      parties: [{ kind: 'node', node: { ...node, addresses: [address] } }],
      wildcard: false,
      address: { of: 'node', family: address.family },
    })
  }
  const range = { family: address.family, first: address.value, last: address.value }
  return ok({
    parties: [{ kind: 'outside', name: formatAddress(address), ranges: [range] }],
    wildcard: false,
    address: null,
  })
}

const LOOPBACK: Readonly<Record<Family, (value: bigint) => boolean>> = {
  IPv4: (value) => value >> 24n === 127n,
  IPv6: (value) => value === 1n,
}

/** The addresses by which a pod reaches itself and nobody else. */
function isLoopback({ family, value }: Address): boolean {
  return LOOPBACK[family](value)
}
