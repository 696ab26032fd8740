import type { AssertionFile, Words } from '../../model/assertion.js'
import { closest } from '../../model/closest.js'
import type { ClusterService } from '../../model/cluster.js'
import { once } from '../../model/once.js'
import { FAMILIES } from '../../net/address.js'
import { wholeFamily, type AddressRange } from '../../net/ranges.js'
import { parsePeer } from '../../query/peer.js'
import { eitherPort, splitPort } from '../../query/port.js'
import { resolvePeer } from '../../query/resolve.js'
import { internetRanges } from '../../query/special-purpose.js'
import type { End } from './ends.js'
import { nothing, Unanswerable, valueOf } from './unanswerable.js'
import type { AssertionWorld } from './world.js'

/** What one peer of a test stands for. */
export interface ResolvedPeer {
  readonly words: Words
  readonly ends: readonly End[]
  /** Of several addresses outside, in every family: what permission for `external` or `internet` extends to. */
  readonly wide: readonly AddressRange[]
  /** `same-namespace/…`: only ends in the namespace of the other end are meant. */
  readonly isTied: boolean
  /** The ports behind the colon, or null. */
  readonly ports: readonly Words[] | null
  /** The Service that leads to the ends, so that ports are those of the Service; else null. */
  readonly service: ClusterService | null
}

/** Looks peers up, each text and each list once: the same list has the same answer. */
export type PeerLookup = (words: readonly Words[], role: 'source' | 'destination') => readonly ResolvedPeer[]

const TIED = 'same-namespace/'

/** Makes the lookup for one file: groups are replaced by their members, a destination may carry ports. */
export function peerLookup(world: AssertionWorld, { groups }: Pick<AssertionFile, 'groups'>): PeerLookup {
  const known = new Map<string, Omit<ResolvedPeer, 'words' | 'ports'>>()
  const lookUp = (peer: string, words: Words, ports: readonly Words[] | null): ResolvedPeer => {
    const found = known.get(peer) ?? resolve(world, peer, words)
    known.set(peer, found)
    return { words, ...found, ports }
  }
  const resolved = (role: 'source' | 'destination') =>
    once((list: readonly Words[]) => list.flatMap((words) => resolvedOne(words, role)))
  const asked = { source: resolved('source'), destination: resolved('destination') }
  return (list, role) => asked[role](list)

  function resolvedOne(words: Words, role: 'source' | 'destination'): readonly ResolvedPeer[] {
    const { peer, ports } = role === 'source' ? { peer: words.text, ports: null } : portsApart(words)
    if (!peer.startsWith('group:')) return [lookUp(peer, words, ports)]
    const name = peer.slice('group:'.length)
    const members = groups.get(name)
    if (members === undefined) throw noGroup(words, name, [...groups.keys()])
    if (members === null) throw nothing(words.place, `the group \`${name}\` has a mistake`, 'it is told at its place')
    return members.map((member) => lookUp(member.text, member, ports))
  }
}

function noGroup({ place }: Words, name: string, known: readonly string[]): Unanswerable {
  const meant = closest(name, known)
  const help =
    meant !== null
      ? `did you mean \`group:${meant}\`?`
      : known.length === 0
        ? null
        : `the groups are ${known.join(', ')}`
  return nothing(place, `there is no group \`${name}\``, help)
}

/** Takes the ports off a destination: `shop/dns:53/UDP,53/TCP`, `group:dns:53/UDP`. */
function portsApart(words: Words): { readonly peer: string; readonly ports: readonly Words[] | null } {
  const { text, place } = words
  const unclear = eitherPort(text)
  if (unclear !== null)
    throw new Unanswerable('NP036', `\`${text}\` can be an address, or an address and a port`, unclear, place)
  const group = text.startsWith('group:') ? 'group:' : ''
  const { peer, port } = splitPort(text.slice(group.length))
  return {
    peer: `${group}${peer}`,
    ports: port === null ? null : port.split(',').map((one) => ({ text: one.trim(), place })),
  }
}

function resolve(world: AssertionWorld, text: string, { place }: Words): Omit<ResolvedPeer, 'words' | 'ports'> {
  const isTied = text.startsWith(TIED)
  const peer = isTied ? `*/${text.slice(TIED.length)}` : text
  const question = parsePeer(peer, world.namespace)
  if (!question.ok && /^[^:]+:[^:]+$/.test(text))
    throw new Unanswerable('NP036', `\`${text}\` has a port, and only a destination takes one`, null, place)
  const asked = valueOf(question, place)
  const { parties, wildcard, service } = valueOf(
    resolvePeer(world.cluster, asked, text, ({ workload, pods }) => [{ kind: 'workload', workload, pods, part: null }]),
    place,
  )
  const pods = parties.flatMap((party) => (party.kind === 'workload' ? party.pods : []))
  const matched = [...new Set(pods.map(world.endOfPod))]
  const ends = wildcard && service === undefined ? world.withoutHosts(matched) : matched
  const outside = parties.flatMap((party) => (party.kind === 'outside' && party.mayBeNode !== true ? party.ranges : []))
  const singles = parties.flatMap((party): readonly End[] => {
    if (party.kind === 'node') return [{ kind: 'single', id: `node/${party.node.name}`, party }]
    if (party.kind === 'host') return [{ kind: 'single', id: `host/${party.name}`, party }]
    return party.kind === 'outside' && party.mayBeNode === true ? [{ kind: 'single', id: 'external', party }] : []
  })
  if (ends.length + outside.length + singles.length === 0) {
    throw matched.length > 0
      ? nothing(
          place,
          `\`${text}\` matches only pods on the network of their host, which no policy can cut off`,
          'write one by its name to ask about it all the same',
        )
      : nothing(place, `\`${text}\` matches nothing that can connect`)
  }
  const all: readonly End[] = [
    ...ends,
    ...(outside.length === 0 ? [] : [{ kind: 'outside', id: 'external', ranges: outside } as const]),
    ...singles,
  ]
  return { ends: all, wide: wideOf(asked.kind, all), isTied, service: service ?? null }
}

/** The words for the outside permit both families, whichever the input shows: a matrix tells both. */
function wideOf(kind: string, ends: readonly End[]): readonly AddressRange[] {
  if (kind === 'external') return FAMILIES.map(wholeFamily)
  if (kind === 'internet') return FAMILIES.flatMap(internetRanges)
  return ends.flatMap((end) => {
    if (end.kind === 'outside') return end.ranges
    return end.kind === 'single' && end.party.kind === 'outside' ? end.party.ranges : []
  })
}
