import { describe } from 'vitest'
import { blockOf, blockPeer, cover, halves, holds } from '../support/laws-blocks.js'
import { law } from '../support/laws.js'
import {
  isDict,
  listOf,
  mapPeers,
  mapPolicies,
  mapPorts,
  mapRules,
  PEERS,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import type { Random } from '../support/laws-random.js'
import { withAddresses } from '../support/laws-pods.js'

/** A range of ports as several; anything else as it is. */
function cutPort(entry: Dict, cut: (first: number, last: number) => readonly [number, number][]): readonly Dict[] {
  const { port, endPort } = entry
  if (typeof port !== 'number' || typeof endPort !== 'number' || port === endPort) return [entry]
  return cut(port, endPort).map(([first, last]) => ({ ...entry, port: first, endPort: last }))
}

function inHalves(random: Random): (first: number, last: number) => readonly [number, number][] {
  return (first, last) => {
    const middle = first + random.int(last - first)
    return random.shuffled([
      [first, middle],
      [middle + 1, last],
    ])
  }
}

/** A block as its halves, each with the excepts that lie in it; a half that is excepted altogether goes. */
function halved(peer: Json): readonly Json[] {
  const block = blockOf(peer)
  if (block === null) return [peer]
  const parts = halves(block.cidr)
  if (parts.length === 0) return [peer]
  return parts
    .filter((half) => !block.except.some((hole) => holds(hole, half)))
    .map((half) => blockPeer({ cidr: half, except: block.except.filter((hole) => holds(half, hole)) }))
}

describe('a range of ports is as good as', () => {
  law('its two halves', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) => mapPorts(policy, (entry) => cutPort(entry, inHalves(random)))),
  }))

  law('its two halves in two rules', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule) => {
        const [entry, ...others] = listOf(rule['ports'])
        if (!isDict(entry)) return [rule]
        const [one = entry, two] = cutPort(entry, inHalves(random))
        return [{ ...rule, ports: [one, ...others] }, ...(two === undefined ? [] : [{ ...rule, ports: [two] }])]
      }),
    ),
  }))

  law('all its single ports', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      mapPorts(policy, (entry) =>
        cutPort(entry, (first, last) =>
          last - first > 40
            ? [[first, last]]
            : Array.from({ length: last - first + 1 }, (_, index) => [first + index, first + index]),
        ),
      ),
    ),
  }))

  law('three that overlap', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      mapPorts(policy, (entry) =>
        cutPort(entry, (first, last) => [
          [first, last - 1],
          [first + 1, last],
          [first, first],
        ]),
      ),
    ),
  }))
})

describe('a CIDR is as good as', () => {
  law('its two halves', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => mapPeers(policy, halved)),
  }))

  law('its two halves in two rules, for pods with addresses', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule, direction) => {
        const peers = listOf(rule[PEERS[direction]])
        return peers.length === 0
          ? [rule]
          : peers.flatMap(halved).map((peer) => ({ ...rule, [PEERS[direction]]: [peer] }))
      }),
    ),
    ask: withAddresses(objects),
  }))

  law('the cover of what its excepts leave', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      mapPeers(policy, (peer) => {
        const block = blockOf(peer)
        return block === null ? [peer] : cover(block.cidr, block.except).map((cidr) => blockPeer({ cidr, except: [] }))
      }),
    ),
  }))

  law('a hole in it and what fills the hole', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      mapPeers(policy, (peer) => {
        const block = blockOf(peer)
        return block === null || block.except.length > 0 || halves(block.cidr).length === 0
          ? [peer]
          : halves(block.cidr).flatMap((half) => [
              blockPeer({ cidr: block.cidr, except: [half] }),
              blockPeer({ cidr: half, except: [] }),
            ])
      }),
    ),
  }))
})
