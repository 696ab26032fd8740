import { cidrIndex, type CidrIndex } from '../net/cidr-index.js'
import { networkAddresses, type Cluster, type Pod, type Workload } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { mentionedIn } from '../model/mentioned.js'
import type { WorkloadParty } from './party.js'

/** What selectors, port names and blocks of the input can tell pods apart by. */
export interface Distinctions {
  readonly labelKeys: ReadonlySet<string>
  readonly portNames: readonly string[]
  readonly blocks: CidrIndex
  /** What the author of each block wrote, by its number. */
  readonly blockTexts: readonly string[]
  /** Nodes or pods on their network are asked about, so that it matters who shares a node with whom. */
  readonly byNode: boolean
}

/** Collects what the policies of a cluster can tell pods apart by. */
export function distinctionsOf({ policies }: Cluster, byNode: boolean): Distinctions {
  const { labelKeys, portNames, cidrs } = mentionedIn(policies)
  const blocks = cidrIndex(cidrs)
  const blockTexts: string[] = []
  for (const cidr of cidrs) blockTexts[blocks.numberOf(cidr)] ??= cidr.text
  return {
    labelKeys,
    portNames: [...portNames].sort(),
    blocks,
    blockTexts,
    byNode,
  }
}

/** Pods of one workload that a peer means. */
export interface PickedPods {
  readonly workload: Workload
  readonly pods: readonly Pod[]
}

/** Divides picked pods into those that nothing tells apart, and names each part by what does (D-6). */
export type PartsOf = (picked: PickedPods) => readonly WorkloadParty[]

/** Fixes what pods are told apart by; the names of parts do not depend on which pods are picked. */
export function partition(distinctions: Distinctions): PartsOf {
  return ({ workload, pods }) => {
    const [only] = workload.pods
    if (only !== undefined && workload.pods.length === 1) return [{ kind: 'workload', workload, pods, part: null }]
    return divide(workload, distinctions).flatMap(({ members, part }) => {
      const picked = members.filter((pod) => pods.includes(pod))
      return picked.length === 0 ? [] : [{ kind: 'workload', workload, pods: picked, part }]
    })
  }
}

function divide(
  workload: Workload,
  distinctions: Distinctions,
): readonly { members: readonly Pod[]; part: string | null }[] {
  const described = [
    ...grouped(
      workload.pods.map((pod) => ({ pod, traits: traitsOf(pod, distinctions) })),
      ({ traits }) => JSON.stringify([...traits]),
    ).values(),
  ].map((members) => ({
    members: members.map(({ pod }) => pod),
    traits: members[0]?.traits ?? new Map<string, string>(),
  }))
  if (described.length === 1) return described.map(({ members }) => ({ members, part: null }))
  const keys = distinguishing(described.map(({ traits }) => traits))
  return described.map(({ members, traits }) => ({
    members,
    part: keys.map((key) => `${key}=${traits.get(key) ?? ''}`).join(','),
  }))
}

/** The fewest leading traits that tell all parts apart. */
function distinguishing(parts: readonly ReadonlyMap<string, string>[]): readonly string[] {
  const keys = [...new Set(parts.flatMap((part) => [...part.keys()]))].filter(
    (key) => new Set(parts.map((part) => part.get(key))).size > 1,
  )
  const tells = (count: number) =>
    new Set(parts.map((part) => JSON.stringify(keys.slice(0, count).map((key) => part.get(key))))).size === parts.length
  const enough = keys.findIndex((_, index) => tells(index + 1))
  return keys.slice(0, enough + 1)
}

function traitsOf(
  pod: Pod,
  { labelKeys, portNames, blocks, blockTexts, byNode }: Distinctions,
): ReadonlyMap<string, string> {
  const labels = [...pod.labels].filter(([key]) => labelKeys.has(key)).sort(([a], [b]) => (a < b ? -1 : 1))
  const ports = portNames.map((name) => {
    const declared = pod.ports.filter((port) => port.name === name).map(({ protocol, port }) => `${port}/${protocol}`)
    return [`port:${name}`, declared.sort().join('+')] as const
  })
  const inside = networkAddresses(pod)
    .flatMap((address) => blocks.holding(address))
    .map((block) => blockTexts[block])
  const families = [...new Set(pod.addresses.map(({ family }) => family))].sort()
  return new Map([
    ...labels,
    ...ports,
    ['hostNetwork', String(pod.hostNetwork)],
    ['ipBlock', inside.length === 0 ? 'none' : [...new Set(inside)].join('+')],
    ['family', families.join('+')],
    ...(byNode ? [['node', pod.node ?? 'unknown'] as const] : []),
    ...(pod.unpredictableLabels.length > 0 ? [['template', 'true'] as const] : []),
  ])
}
