import type { CompiledCluster } from '../engine/compile.js'
import { mayHave } from '../engine/families.js'
import { networkAddresses, type ClusterService } from '../model/cluster.js'
import type { NoteCode } from '../model/note.js'
import type { Family } from '../net/address.js'
import type { Front, Parties, Party } from '../query/party.js'
import { misworded, ok, type Result } from '../query/question-error.js'
import { knownAddresses, type KnownAddresses } from './known-addresses.js'
import { serviceAddressesIn } from './rewritten-sources.js'
import { pair, type Variant, type World } from './variants.js'

/** Two parties that can connect, with what is worth knowing about them. */
export interface Pair {
  readonly from: Party
  readonly to: Party
  /** The Service by way of which they connect, or null. */
  readonly service: ClusterService | null
  readonly front: Front | null
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
  const service = destinations.service ?? null
  const front = destinations.front ?? null
  const pairs: Pair[] = []
  const selves: Pair[] = []
  const apart: Pair[] = []
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
        selves.push(itself(from, to, destinations, pairing.variants, remarks))
      } else {
        const noFamily: readonly PairRemark[] = pairing.sharedFamily
          ? []
          : [{ code: 'no-shared-family', about: labelOf(to) }]
        // A client never comes to pods behind a Service that have no address of its family
        const met = service === null ? pairing.variants : pairing.variants.filter(isMet)
        const isApart = service !== null && (!pairing.sharedFamily || met.length === 0)
        const found = isApart ? apart : pairs
        found.push({
          from,
          to,
          service,
          front,
          variants: (isApart ? pairing.variants : met).map((variant) => through(variant, service)),
          remarks: [...remarks, ...noFamily],
        })
        const own = service === null ? null : ownBackend(world, from, to, family)
        if (own !== null) selves.push(itself(from, to, destinations, own, remarks))
      }
    }
  }
  if (pairs.length + selves.length === 0) pairs.push(...apart)
  // A Service leads a pod to itself as to its other pods; who asks for many pods does not mean that
  if (service !== null && !sources.wildcard && pairs.length + selves.length > 0) return ok([...pairs, ...selves])
  if (pairs.length > 0) return ok(pairs)
  if (selves.length > 0 && !sources.wildcard && !destinations.wildcard) return ok(selves)
  return selves.length > 0
    ? misworded('the question pairs a pod only with itself', 'a wildcard never means a pod and itself')
    : misworded('neither end is a pod, and policies govern pods only', 'one end must be in the cluster')
}

function itself(
  from: Party,
  to: Party,
  { service, front }: Parties,
  variants: readonly Variant[],
  remarks: readonly PairRemark[],
): Pair {
  return {
    from,
    to,
    service: service ?? null,
    front: front ?? null,
    variants: variants.map((variant) => through(variant, service ?? null)),
    remarks: [...remarks, { code: 'same-pod', about: labelOf(from) }],
  }
}

/** Whether the destination may have an address of the family. */
function isMet({ destination, family }: Variant): boolean {
  if (family === null || destination.kind !== 'pod') return true
  const families = networkAddresses(destination.pod).map((address) => address.family)
  return mayHave(families, family)
}

/** A headless Service hands out addresses of pods: who connects to one of them connects to the pod itself. */
function through(variant: Variant, service: ClusterService | null): Variant {
  return service === null || service.type === 'headless' ? variant : { ...variant, throughService: true }
}

/** A source that is among the pods behind the Service, which may lead it to itself. */
function ownBackend(world: World, from: Party, to: Party, family: Family | null): readonly Variant[] | null {
  if (from.kind !== 'workload' || to.kind !== 'workload') return null
  const own = to.pods.find((pod) => from.pods.includes(pod))
  if (own === undefined) return null
  const single = { ...from, pods: [{ ...own, count: 1 }] }
  const pairing = pair(world, single, single, family)
  return pairing.kind === 'itself' ? pairing.variants : null
}

function addressRemarks({ addressOf, service }: Parties, party: Party): readonly PairRemark[] {
  if (addressOf === null) return []
  if (service !== undefined) return [{ code: 'address-is-service', about: `${service.namespace}/${service.name}` }]
  return [{ code: addressOf === 'pod' ? 'address-is-pod' : 'address-is-node', about: labelOf(party) }]
}

function partyRemarks(party: Party, known: KnownAddresses): readonly PairRemark[] {
  if (party.kind === 'workload' && party.isDescribed === true)
    return [{ code: 'described-peer', about: labelOf(party) }]
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
    case 'host':
      return party.name
    case 'loopback':
      return 'loopback'
  }
}
