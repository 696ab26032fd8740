import { cidrIndex, type CidrIndex } from '../net/cidr-index.js'
import { FAMILIES, formatAddress, type Address, type Family } from '../net/address.js'
import type { CompiledCluster } from '../engine/compile.js'
import { networkAddresses, type Pod } from '../model/cluster.js'
import { criteriaOf } from '../policy/criteria.js'
import { mentionedIn } from '../policy/mentioned.js'

/** Pods that no selector, block or port name of the input can tell apart, and one of them. */
export interface Shape {
  readonly number: number
  readonly pod: Pod
  /** For each address that a block is compared with: its family, and the numbers of the blocks that hold it. */
  readonly addresses: readonly { readonly family: Family; readonly blocks: readonly number[] }[]
  /** What port names stand for at these pods; equal texts resolve alike. */
  readonly namedPorts: string
}

/** The shapes of a cluster. */
export interface Shapes {
  readonly list: readonly Shape[]
  readonly blocks: CidrIndex
  readonly shapeOf: ReadonlyMap<Pod, Shape>
}

/** Sorts the pods of a cluster into shapes. */
export function shapesOf({ policies, cluster: { workloads } }: Pick<CompiledCluster, 'policies' | 'cluster'>): Shapes {
  const mentioned = mentionedIn(policies)
  const blocks = cidrIndex(mentioned.cidrs)
  const seesNodes = criteriaOf(policies).nodes.length > 0
  const list: Shape[] = []
  const known = new Map<string, Shape>()
  const shapeOf = new Map<Pod, Shape>()
  for (const { pods } of workloads) {
    for (const pod of pods) {
      const addresses = networkAddresses(pod).map((address) => placed(address, blocks))
      const namedPorts = namedPortsOf(pod, mentioned.portNames)
      const key = `${pod.namespace}\n${labelsOf(pod, mentioned.labelKeys)}\n${namedPorts}\n${String(pod.hostNetwork)}\n${placeText(addresses)}\n${seesNodes ? nodeOf(pod) : ''}`
      let shape = known.get(key)
      if (shape === undefined) {
        shape = { number: list.length, pod, addresses, namedPorts }
        known.set(key, shape)
        list.push(shape)
      }
      shapeOf.set(pod, shape)
    }
  }
  return { list, blocks, shapeOf }
}

/** The node that a pod is met as, where rules select nodes (C-17). */
function nodeOf({ hostNetwork, node, nodeAddresses, addresses }: Pod): string {
  return hostNetwork ? `${node ?? ''} ${[...nodeAddresses, ...addresses].map(formatAddress).join()}` : ''
}

/** The labels that selectors look at; no label or name can contain the characters between them. */
function labelsOf({ labels, unpredictableLabels }: Pod, keys: ReadonlySet<string>): string {
  const seen: string[] = []
  for (const [key, value] of labels) if (keys.has(key)) seen.push(`${key}=${value}`)
  for (const key of unpredictableLabels) if (keys.has(key)) seen.push(`${key}?`)
  return seen.sort().join(' ')
}

function namedPortsOf({ ports }: Pod, names: ReadonlySet<string>): string {
  if (names.size === 0) return ''
  const seen = ports.flatMap(({ name, protocol, port }) =>
    name !== null && names.has(name) ? [`${name}:${protocol}/${port}`] : [],
  )
  return seen.sort().join(' ')
}

function placed(address: Address, blocks: CidrIndex): Shape['addresses'][number] {
  return { family: address.family, blocks: blocks.holding(address) }
}

function placeText(addresses: Shape['addresses']): string {
  return addresses
    .map(({ family, blocks }) => `${FAMILIES.indexOf(family)}:${blocks.join(',')}`)
    .sort()
    .join(' ')
}
