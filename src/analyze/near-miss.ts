import type { CompiledCluster } from '../engine/compile.js'
import { matchPeers } from '../engine/peers.js'
import { matchPorts } from '../engine/ports.js'
import { chosenReading } from '../engine/readings.js'
import { orient, type Direction, type Flow } from '../model/flow.js'
import type { NetworkPolicy } from '../model/policy.js'
import { missesOfPeer, type PeerMiss } from './peer-miss.js'
import { missOfPort, type PortMiss } from './port-miss.js'

/** A rule that did not match, and what kept it from matching. */
export interface NearMiss {
  readonly policy: NetworkPolicy
  readonly direction: Direction
  /** Null where the policy has no rules at all in this direction. */
  readonly rule: number | null
  /** What failed of the peer that came nearest; empty if some peer matched. */
  readonly peer: readonly PeerMiss[]
  /** Why the first entries of `ports` do not match; empty if some entry does. */
  readonly port: readonly PortMiss[]
  /** How many entries there are beyond those. */
  readonly morePorts: number
}

/** A rule can have thousands of entries; these many are looked at to explain it. */
const MOST_PEERS = 200
const MOST_PORTS = 4

/** The rules of isolating policies that a flow fails, each with its nearest miss. */
export function nearMisses(
  compiled: CompiledCluster,
  flow: Flow,
  direction: Direction,
  isolating: readonly NetworkPolicy[],
): readonly NearMiss[] {
  const view = { compiled, flow, reading: chosenReading(compiled) }
  const { peer } = orient(flow, direction)
  return isolating.flatMap((policy): readonly NearMiss[] => {
    const rules = policy.rules[direction]
    if (rules.length === 0) return [{ policy, direction, rule: null, peer: [], port: [], morePorts: 0 }]
    return rules.flatMap((rule, index) => {
      const peerMatches = matchPeers(rule, peer, view, policy, () => ({ policy, path: [] })).truth.value
      const portMatches = matchPorts(rule, view)?.length !== 0
      if (peerMatches && portMatches) return []
      const misses = rule.peers.slice(0, MOST_PEERS).map((entry) => missesOfPeer(entry, peer, view, policy))
      const nearest = misses.reduce<readonly PeerMiss[] | null>(
        (best, candidate) => (best === null || candidate.length < best.length ? candidate : best),
        null,
      )
      return [
        {
          policy,
          direction,
          rule: index,
          peer: peerMatches ? [] : (nearest ?? []),
          port: portMatches ? [] : rule.ports.slice(0, MOST_PORTS).map((entry) => missOfPort(entry, view)),
          morePorts: Math.max(0, rule.ports.length - MOST_PORTS),
        },
      ]
    })
  })
}
