import type { Cluster } from '../model/cluster.js'
import { FAMILIES, type Address } from '../net/address.js'
import type { AddressRange } from '../net/ranges.js'

/** The addresses that the input knows of, ready to be counted in a range; built when it is first asked. */
export interface KnownAddresses {
  /** How many of a range belong to pods. */
  ofPods(range: AddressRange): number
  /** How many of a range belong to pods or nodes. */
  ofAny(range: AddressRange): number
}

/** Indexes the addresses of a cluster's pods and nodes. */
export function knownAddresses(cluster: Cluster): KnownAddresses {
  const pods = lazily(() => podAddresses(cluster))
  const any = lazily(() => [...podAddresses(cluster), ...nodeAddresses(cluster)])
  return { ofPods: (range) => pods()(range), ofAny: (range) => any()(range) }
}

type Counter = (range: AddressRange) => number

function lazily(addresses: () => readonly Address[]): () => Counter {
  let counter: Counter | undefined
  return () => (counter ??= counterOf(addresses()))
}

function counterOf(addresses: readonly Address[]): Counter {
  const sorted = new Map(
    FAMILIES.map((family) => {
      const values = new Set(addresses.flatMap((address) => (address.family === family ? [address.value] : [])))
      return [family, [...values].sort((a, b) => (a < b ? -1 : 1))]
    }),
  )
  return ({ family, first, last }) => {
    const values = sorted.get(family) ?? []
    return below(values, last + 1n) - below(values, first)
  }
}

/** How many of the sorted values are less than the limit. */
function below(values: readonly bigint[], limit: bigint): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? limit) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** A pod on its host's network has its node's address, which is the node's. */
function podAddresses({ workloads }: Cluster): readonly Address[] {
  return workloads.flatMap(({ pods }) => pods.flatMap((pod) => (pod.hostNetwork ? [] : pod.addresses)))
}

function nodeAddresses({ nodes }: Cluster): readonly Address[] {
  return [...nodes.values()].flatMap((node) => [...node.addresses, ...node.externalAddresses])
}
