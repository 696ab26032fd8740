import type { Words } from '../../model/assertion.js'
import type { ClusterService } from '../../model/cluster.js'
import { once } from '../../model/once.js'
import { merge, type AddressRange } from '../../net/ranges.js'
import { namespaceOf, type End } from './ends.js'
import type { ResolvedPeer } from './peers.js'
import { lookedAt, type Among, type Scene } from './scene.js'

/** An end that some peers of a list stand for. */
export interface SideEnd {
  readonly end: End
  /** How it is named: with which ports, and whether only for an end of its own namespace. */
  readonly namings: readonly Naming[]
}

export interface Naming {
  readonly ports: readonly Words[] | null
  /** The Service of which these are ports; null where they are those of the end itself. */
  readonly service: ClusterService | null
  readonly isTied: boolean
  readonly words: Words
}

/** The ends of a list of peers, each once and sorted by id; addresses are one end for all that are named with the same ports. */
export const sideOf = once((peers: readonly ResolvedPeer[]): readonly SideEnd[] => {
  const ends = new Map<string, { end: End; namings: Naming[] }>()
  for (const { ends: found, words, ports, service, isTied } of peers) {
    const naming = { ports, service, isTied, words }
    for (const end of found) {
      const key = `${end.id} ${end.kind === 'endpoint' ? '' : keyOf(end, ports)}`
      const before = ends.get(key)
      if (before === undefined) ends.set(key, { end, namings: [naming] })
      else {
        before.namings.push(naming)
        if (end.kind === 'outside' && before.end.kind === 'outside')
          before.end = { ...end, ranges: merge([...before.end.ranges, ...end.ranges]) }
      }
    }
  }
  return [...ends.values()].sort((a, b) => (a.end.id < b.end.id ? -1 : Number(a.end.id > b.end.id)))
})

function keyOf(end: End, ports: readonly Words[] | null): string {
  const single = end.kind === 'single' && end.party.kind === 'outside' ? end.party.name : ''
  return `${single} ${ports?.map(({ text }) => text).join() ?? ''}`
}

/** The namings of an end that hold for a pair with another end. */
export function namingsFor({ namings, end }: SideEnd, other: End): readonly Naming[] {
  if (!namings.some(({ isTied }) => isTied)) return namings
  const isSame = sharesNamespace(end, other)
  return namings.filter(({ isTied }) => !isTied || isSame)
}

/** Whether both are pods of one namespace. */
export function sharesNamespace(a: End, b: End): boolean {
  const namespace = namespaceOf(a)
  return namespace !== null && namespace === namespaceOf(b)
}

/** Whom a list of peers means, asked end by end. */
export interface Members {
  /** What of an end is meant for a pair with another end: all of it, some addresses, or nothing. */
  readonly partOf: (end: End, other: End) => 'all' | 'none' | readonly AddressRange[]
}

/** Makes a list of peers ready to be asked about many ends. */
export const membersOf = once((peers: readonly ResolvedPeer[]): Members => {
  const always = new Set<string>()
  const tied = new Set<string>()
  for (const { ends, isTied } of peers)
    for (const end of ends) if (end.kind !== 'outside') (isTied ? tied : always).add(nameOf(end))
  const ranges = merge(peers.flatMap(({ wide }) => wide))
  return {
    partOf(end, other) {
      if (end.kind === 'outside') return ranges.length === 0 ? 'none' : ranges
      const name = nameOf(end)
      if (always.has(name)) return 'all'
      return tied.has(name) && sharesNamespace(end, other) ? 'all' : 'none'
    },
  }
})

function nameOf(end: End): string {
  return end.kind === 'single' && end.party.kind === 'outside' ? end.party.name : end.id
}

/** Those of a side that a scene looks at. */
export function lookedSides(scene: Scene, side: keyof Among, sides: readonly SideEnd[]): readonly SideEnd[] {
  return lookedAt(scene, side, sides, ({ end }) => end.id)
}
