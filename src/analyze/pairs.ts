import type { CompiledCluster } from '../engine/compile.js'
import type { NoteCode } from '../model/note.js'
import type { Parties, Party } from '../query/party.js'
import { misworded, ok, type Result } from '../query/question-error.js'
import { knownAddresses, type KnownAddresses } from './known-addresses.js'
import { serviceAddressesIn } from './rewritten-sources.js'
import { pair, type Variant } from './variants.js'

/** Two parties that can connect, with what is worth knowing about them. */
export interface Pair {
  readonly from: Party
  readonly to: Party
  readonly variants: readonly Variant[]
  readonly remarks: readonly PairRemark[]
}

/** A note on a pair as such, before anything is decided about it. */
export interface PairRemark {
  readonly code: NoteCode
  readonly about: string
}

const MOST_PAIRS = 250_000

/** Every pair of two peers. A wildcard never pairs a pod with itself; a single pod asked about itself does. */
export function pairUp(compiled: CompiledCluster, sources: Parties, destinations: Parties): Result<readonly Pair[]> {
  const size = sources.parties.length * destinations.parties.length
  if (size > MOST_PAIRS) return misworded(`the question is about ${size} pairs`, `ask about fewer than ${MOST_PAIRS}`)
  const [family, other] = [sources.family ?? destinations.family, destinations.family ?? sources.family]
  if (family !== other) return misworded('the two ends are addresses of different families')
  const world = { compiled, known: knownAddresses(compiled.cluster) }
  const pairs: Pair[] = []
  const selves: Pair[] = []
  for (const from of sources.parties) {
    for (const to of destinations.parties) {
      const pairing = pair(world, from, to, family)
      if (pairing.kind === 'no-pod') continue
      const remarks = [
        ...addressRemarks(sources, from),
        ...addressRemarks(destinations, to),
        ...[from, to].flatMap((party) => partyRemarks(party, world.known)),
        ...serviceRemarks(compiled, to),
      ]
      if (pairing.kind === 'itself') {
        selves.push({
          from,
          to,
          variants: pairing.variants,
          remarks: [...remarks, { code: 'same-pod', about: labelOf(from) }],
        })
      } else {
        const noFamily: readonly PairRemark[] = pairing.sharedFamily
          ? []
          : [{ code: 'no-shared-family', about: labelOf(to) }]
        pairs.push({ from, to, variants: pairing.variants, remarks: [...remarks, ...noFamily] })
      }
    }
  }
  if (pairs.length > 0) return ok(pairs)
  if (selves.length > 0 && !sources.wildcard && !destinations.wildcard) return ok(selves)
  return selves.length > 0
    ? misworded('the question pairs a pod only with itself', 'a wildcard never means a pod and itself')
    : misworded('neither end is a pod, and policies govern pods only', 'one end must be in the cluster')
}

function addressRemarks({ addressOf }: Parties, party: Party): readonly PairRemark[] {
  if (addressOf === null) return []
  return [{ code: addressOf === 'pod' ? 'address-is-pod' : 'address-is-node', about: labelOf(party) }]
}

function partyRemarks(party: Party, known: KnownAddresses): readonly PairRemark[] {
  if (party.kind === 'workload')
    return party.workload.replicas === 0 ? [{ code: 'scaled-to-zero', about: party.workload.id }] : []
  const inRange =
    party.kind === 'outside' && party.name !== 'external' && party.ranges.some((range) => known.ofPods(range) > 0)
  return inRange ? [{ code: 'pod-addresses-in-range', about: party.name }] : []
}

function serviceRemarks(compiled: CompiledCluster, to: Party): readonly PairRemark[] {
  const services = serviceAddressesIn(compiled, to)
  const [first] = services
  if (first === undefined) return []
  const more = services.length > 1 ? ` and ${services.length - 1} more` : ''
  return [{ code: 'service-addresses-in-range', about: `${first.namespace}/${first.name}${more}` }]
}

function labelOf(party: Party): string {
  switch (party.kind) {
    case 'workload':
      return party.workload.id
    case 'node':
      return `node/${party.node.name}`
    case 'outside':
      return party.name
    case 'loopback':
      return 'loopback'
  }
}
