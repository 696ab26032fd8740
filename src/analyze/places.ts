import type { Nodes } from '../matrix/answer.js'
import { formatAddress } from '../net/address.js'
import type { WorkloadParty } from '../query/party.js'
import { remembered } from '../model/once.js'
import { nodesBetween } from './nodes-between.js'

/** On which nodes the pods of an endpoint run, as far as the input says; the same object for the same nodes. */
export interface Place {
  /** One of the endpoints that are there. */
  readonly party: WorkloadParty
  /** Names and addresses of the nodes. */
  readonly nodes: readonly string[]
  /** What is known of the nodes: places that have no node in common meet alike where they agree in it. */
  readonly profile: string
}

/** Finds places, and how the nodes of two of them decide. */
export interface Places {
  of(party: WorkloadParty): Place
  /** The places that share a node with a place, among those that were asked for. */
  near(place: Place): ReadonlySet<Place>
  between(source: Place, destination: Place): Nodes | null
}

/** No two endpoints need be compared that have no node in common: what is known of their nodes settles it. */
export function placesOf(): Places {
  const known = new Map<string, Place>()
  const on = new Map<string, Place[]>()
  const meetings = remembered<string, Map<string, Nodes | null>>(() => new Map())
  return {
    of(party) {
      const pods = party.pods.map(({ node, nodeAddresses, hostNetwork }) => {
        const addresses = nodeAddresses.map(formatAddress).sort()
        return {
          nodes: [...(node === null ? [] : [`node ${node}`]), ...addresses],
          profile: `${String(hostNetwork)} ${String(node !== null)} ${String(addresses.length > 0)}`,
        }
      })
      const key = distinct(pods.map(({ nodes, profile }) => [profile, ...nodes].join())).join(';')
      const found = known.get(key)
      if (found !== undefined) return found
      const nodes = distinct(pods.flatMap((pod) => pod.nodes))
      const place = { party, nodes, profile: distinct(pods.map(({ profile }) => profile)).join() }
      known.set(key, place)
      for (const node of nodes) {
        const there = on.get(node)
        if (there === undefined) on.set(node, [place])
        else there.push(place)
      }
      return place
    },
    near: ({ nodes }) => new Set(nodes.flatMap((node) => on.get(node) ?? [])),
    between(source, destination) {
      if (source.nodes.some((node) => destination.nodes.includes(node)))
        return nodesBetween(source.party, destination.party)
      const known = meetings(source.profile)
      const found = known.get(destination.profile)
      if (found !== undefined) return found
      const nodes = nodesBetween(source.party, destination.party)
      known.set(destination.profile, nodes)
      return nodes
    },
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
