import { cidrIndex, type CidrIndex } from '../net/cidr-index.js'
import { formatAddress } from '../net/address.js'
import { networkAddresses, type Cluster, type ContainerPort, type Pod, type Workload } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { mentionedIn } from '../policy/mentioned.js'
import { ruleForms } from '../policy/rule-forms.js'
import type { WorkloadParty } from './party.js'
import type { PortQuestion } from './port.js'

/** What selectors, port names and blocks of the input, and the question itself, can tell pods apart by. */
export interface Distinctions {
  readonly labelKeys: ReadonlySet<string>
  readonly portNames: readonly string[]
  readonly blocks: CidrIndex
  /** What the author of each block wrote, by its number. */
  readonly blockTexts: readonly string[]
  /** Pods of which it matters who shares a node with them, because nodes or pods on their network are in play. */
  readonly byNode: (pod: Pod) => boolean
  /** The answer is measured by the ports that a pod declares. */
  readonly byDeclaredPorts: boolean
}

/** Collects what the policies of a cluster and a question can tell pods apart by. */
export function distinctionsOf(
  { policies }: Pick<Cluster, 'policies'>,
  byNode: Distinctions['byNode'],
  port: PortQuestion | null = null,
): Distinctions {
  const { labelKeys, portNames, cidrs } = mentionedIn(ruleForms(policies))
  const blocks = cidrIndex(cidrs)
  const blockTexts: string[] = []
  for (const cidr of cidrs) blockTexts[blocks.numberOf(cidr)] ??= cidr.text
  const names = port === null ? portNames : new Set([...portNames, ...namesIn(port)])
  return {
    labelKeys,
    portNames: [...names].sort(),
    blocks,
    blockTexts,
    byNode,
    byDeclaredPorts: port?.kind === 'whole-set',
  }
}

/** The port names by which a question tells pods apart. */
function namesIn(port: PortQuestion): readonly string[] {
  if (port.kind === 'service') return port.ports.flatMap(({ target }) => (typeof target === 'string' ? [target] : []))
  return port.kind === 'name' ? [port.name] : []
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
    const wanted = new Set(pods)
    return divide(workload, distinctions).flatMap(({ members, part }) => {
      const picked = members.filter((pod) => wanted.has(pod))
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
    part: keys.map((key) => partText(key, traits.get(key))).join(','),
  }))
}

/** As a selector would say it: an empty value is one, and no value is another thing. */
function partText(key: string, value: string | undefined): string {
  return value === undefined ? `!${key}` : `${key}=${value}`
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

/** What pods can differ in; a trait that a pod does not have is left out. */
function traitsOf(
  pod: Pod,
  { labelKeys, portNames, blocks, blockTexts, byNode, byDeclaredPorts }: Distinctions,
): ReadonlyMap<string, string> {
  const labels = [...pod.labels]
    .filter(([key]) => labelKeys.has(key))
    .map(([key, value]) => [key, pod.numberedLabels.includes(key) ? OTHER : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const ports = portNames.map(
    (name) => [`port:${name}`, portsText(pod.ports.filter((port) => port.name === name))] as const,
  )
  const known = networkAddresses(pod)
  const inside = known.flatMap((address) => blocks.holding(address)).map((block) => blockTexts[block])
  const families = [...new Set(known.map(({ family }) => family))].sort()
  const nodeAddresses = pod.nodeAddresses.map(formatAddress).sort()
  const isByNode = byNode(pod)
  const traits: readonly (readonly [string, string | null])[] = [
    ...labels,
    ...ports,
    ['hostNetwork', String(pod.hostNetwork)],
    ['ipBlock', inside.length === 0 ? 'none' : [...new Set(inside)].join('+')],
    ['family', families.length === 0 ? null : families.join('+')],
    ['node', isByNode ? pod.node : null],
    ['nodeAddress', isByNode && nodeAddresses.length > 0 ? nodeAddresses.join('+') : null],
    ['template', pod.unpredictableLabels.length > 0 ? 'true' : null],
    ['ports', byDeclaredPorts ? portsText(pod.ports) : null],
  ]
  return new Map(traits.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])))
}

/** The value of a label by which numbered pods are told apart, for all of them that no selector names (D-6). */
const OTHER = 'other'

function portsText(ports: readonly ContainerPort[]): string | null {
  const texts = new Set(ports.map(({ protocol, port }) => `${port}/${protocol}`))
  return texts.size === 0 ? null : [...texts].sort().join('+')
}
