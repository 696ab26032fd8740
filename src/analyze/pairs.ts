import type { CompiledCluster } from '../engine/compile.js'
import type { Cluster } from '../model/cluster.js'
import type { NoteCode } from '../model/note.js'
import { contains } from '../net/ranges.js'
import type { Parties, Party } from '../query/party.js'
import { misworded, ok, type Result } from '../query/question-error.js'
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
  const family = sources.address?.family ?? destinations.address?.family ?? null
  const pairs: Pair[] = []
  const selves: Pair[] = []
  for (const from of sources.parties) {
    for (const to of destinations.parties) {
      const pairing = pair(compiled, from, to, family)
      if (pairing.kind === 'no-pod') continue
      const remarks = [
        ...addressRemarks(sources, from),
        ...addressRemarks(destinations, to),
        ...[from, to].flatMap((party) => partyRemarks(party, compiled.cluster)),
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

function addressRemarks({ address }: Parties, party: Party): readonly PairRemark[] {
  if (address === null) return []
  return [{ code: address.of === 'pod' ? 'address-is-pod' : 'address-is-node', about: labelOf(party) }]
}

function partyRemarks(party: Party, { workloads }: Cluster): readonly PairRemark[] {
  if (party.kind === 'workload')
    return party.workload.replicas === 0 ? [{ code: 'scaled-to-zero', about: party.workload.id }] : []
  if (party.kind !== 'outside' || party.name === 'external') return []
  const known = workloads.some(({ pods }) =>
    pods.some((pod) => pod.addresses.some((address) => party.ranges.some((range) => contains(range, address)))),
  )
  return known ? [{ code: 'pod-addresses-in-range', about: party.name }] : []
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
