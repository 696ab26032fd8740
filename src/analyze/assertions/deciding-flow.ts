import type { PortAtom } from '../../matrix/port-atoms.js'
import type { Endpoint } from '../../model/flow.js'
import type { AddressRange } from '../../net/ranges.js'
import { answerPair, type NotedAnswer } from '../answer-pair.js'
import { knownAddresses } from '../known-addresses.js'
import type { Pair } from '../pairs.js'
import { pair, type Variant } from '../variants.js'
import { once } from '../../model/once.js'
import { partyOf, type End } from './ends.js'
import type { AssertionWorld } from './world.js'

const knownIn = once(({ cluster }: AssertionWorld) => knownAddresses(cluster))

/** Two ends as a pair of the one-pair engine. */
export function pairOf(world: AssertionWorld, from: End, to: End): Pair {
  const [source, destination] = [partyOf(from), partyOf(to)]
  const pairing = pair({ compiled: world.matrix.compiled, known: knownIn(world) }, source, destination, null)
  if (pairing.kind === 'no-pod') throw new Error(`neither ${from.id} nor ${to.id} is a pod`)
  const isApart = pairing.kind === 'pair' && !pairing.sharedFamily
  return {
    from: source,
    to: destination,
    service: null,
    front: null,
    // Addresses that all belong to known pods are left out there; a test may have named just those
    variants: pairing.variants.length > 0 ? pairing.variants : addressByAddress(from, to),
    remarks: isApart ? [{ code: 'no-shared-family', about: to.id }] : [],
  }
}

function addressByAddress(from: End, to: End): readonly Variant[] {
  const [near, far] = from.kind === 'endpoint' ? [from, to] : [to, from]
  const [pod] = near.kind === 'endpoint' ? near.endpoint.party.pods : []
  if (pod === undefined || far.kind !== 'outside') return []
  const podEnd: Endpoint = { kind: 'pod', pod, replica: 0 }
  return far.ranges.map((range) => {
    const address: Endpoint = { kind: 'external', address: { family: range.family, value: range.first } }
    const [source, destination] = near === from ? [podEnd, address] : [address, podEnd]
    return { source, destination, family: range.family, outside: range }
  })
}

/** Why a pair has its verdict on a port, for the given addresses where one of the ends is outside. */
export function decidingFlow(
  world: AssertionWorld,
  { from, to, ranges }: { readonly from: End; readonly to: End; readonly ranges: readonly AddressRange[] | null },
  port: PortAtom,
): NotedAnswer | null {
  const narrow = (end: End): End => (end.kind === 'outside' && ranges !== null ? { ...end, ranges } : end)
  const asked = { kind: 'range', protocols: [port.protocol], first: port.first, last: port.first } as const
  return answerPair(world.matrix.compiled, pairOf(world, narrow(from), narrow(to)), asked)[0] ?? null
}
