import { FAMILIES, type Family } from '../net/address.js'
import { overlaps, type AddressRange } from '../net/ranges.js'
import { networkAddresses, type Pod } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { criteriaOf } from '../policy/criteria.js'
import type { Party, WorkloadParty } from '../query/party.js'
import type { CompiledCluster } from '../engine/compile.js'
import { mayHave, meetingOf } from '../engine/families.js'
import type { KnownAddresses } from './known-addresses.js'

/** One way in which a pair of parties can connect: which pods or addresses, over which family. */
export interface Variant {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly family: Family | null
  /** The addresses that the outside end stands for; null where neither end is outside. */
  readonly outside: AddressRange | null
  /** Set where the connection is made by way of a Service. */
  readonly throughService?: boolean
}

/** A pair that can connect, or why it is not asked. */
export type Pairing =
  | { readonly kind: 'pair'; readonly variants: readonly Variant[]; readonly sharedFamily: boolean }
  /** Nothing that policies govern: neither end is a pod. */
  | { readonly kind: 'no-pod' }
  /** Both are the same single pod. */
  | { readonly kind: 'itself'; readonly variants: readonly Variant[] }

/** What pairs are made in: a cluster, and the addresses that are not outside it. */
export interface World {
  readonly compiled: CompiledCluster
  readonly known: KnownAddresses
}

/** Pairs two parties, over one family if one is given. Of one workload, another replica is meant if there is one (D-6). */
export function pair(world: World, from: Party, to: Party, family: Family | null): Pairing {
  if (from.kind === 'loopback' || to.kind === 'loopback') return loopback(from, to)
  if (from.kind === 'workload' && to.kind === 'workload') return pairPods(from, to, family)
  if (from.kind === 'workload' && to.kind !== 'workload') {
    const source = podEndpoint(firstOf(from), 0)
    return onePod(
      towards(world, from, to, 'egress', family).map((end) => ({ ...end, source, destination: end.endpoint })),
    )
  }
  if (to.kind === 'workload' && from.kind !== 'workload') {
    const destination = podEndpoint(firstOf(to), 0)
    return onePod(
      towards(world, to, from, 'ingress', family).map((end) => ({ ...end, source: end.endpoint, destination })),
    )
  }
  return { kind: 'no-pod' }
}

function onePod(variants: readonly Variant[]): Pairing {
  return { kind: 'pair', variants, sharedFamily: true }
}

function loopback(from: Party, to: Party): Pairing {
  const [workload] = [from, to].filter((party) => party.kind === 'workload')
  if (workload === undefined) return { kind: 'no-pod' }
  const self = podEndpoint(firstOf(workload), 0)
  return { kind: 'itself', variants: [{ source: self, destination: self, family: null, outside: null }] }
}

function pairPods(from: WorkloadParty, to: WorkloadParty, asked: Family | null): Pairing {
  const other = to.pods.find((pod) => pod !== firstOf(from))
  const b = other ?? firstOf(to)
  const a = from.pods.find((pod) => pod !== b) ?? b
  const sameTemplate = a === b
  const replica = sameTemplate && a.count !== 1 && a.count !== 0 ? 1 : 0
  const { families, shared } = meetingOf(familiesOf(a), familiesOf(b), asked)
  const variants = families.map((family) => ({
    source: podEndpoint(a, 0),
    destination: podEndpoint(b, replica),
    family,
    outside: null,
  }))
  if (sameTemplate && replica === 0) return { kind: 'itself', variants }
  return { kind: 'pair', variants, sharedFamily: shared }
}

/** The families of a pod's known addresses. */
function familiesOf(pod: Pod): readonly Family[] {
  return networkAddresses(pod).map(({ family }) => family)
}

interface FarEnd {
  readonly endpoint: Endpoint
  readonly family: Family | null
  readonly outside: AddressRange | null
}

/**
 * The node or the addresses at the far end of a pod's connection, cut wherever some policy could tell them apart (E-3).
 * A piece whose addresses all belong to known pods and nodes is not outside the cluster.
 */
function towards(
  world: World,
  near: WorkloadParty,
  far: Exclude<Party, { kind: 'workload' | 'loopback' }>,
  direction: Direction,
  asked: Family | null,
): readonly FarEnd[] {
  if (far.kind === 'node') {
    const families = FAMILIES.filter(
      (family) =>
        (asked ?? family) === family &&
        far.node.addresses.some((address) => address.family === family) &&
        mayHave(familiesOf(firstOf(near)), family),
    )
    return (families.length === 0 ? [asked] : families).map((family) => ({ endpoint: far, family, outside: null }))
  }
  if (far.kind === 'host') return [{ endpoint: far, family: null, outside: null }]
  const policies = world.compiled.policiesIn(near.workload.namespace)
  const cuts = criteriaOf(policies, [direction]).blocks.flatMap(({ cidr, except }) => [cidr, ...except])
  const pieces = far.ranges.flatMap((range) => cutAt(range, cuts))
  const outside = pieces.filter((piece) => BigInt(world.known.ofAny(piece)) <= piece.last - piece.first)
  return outside.map((piece) => ({
    endpoint: {
      kind: 'external',
      address: { family: piece.family, value: piece.first },
      mayBeNode: far.mayBeNode === true,
    },
    family: piece.family,
    outside: piece,
  }))
}

/** Cuts a range so that each block holds all of a piece or none of it. */
function cutAt(range: AddressRange, blocks: readonly AddressRange[]): readonly AddressRange[] {
  const starts = blocks
    .filter((block) => overlaps(block, range))
    .flatMap(({ first, last }) => [first, last + 1n])
    .filter((start) => range.first < start && start <= range.last)
  const sorted = [...new Set([range.first, ...starts])].sort((a, b) => (a < b ? -1 : 1))
  return sorted.map((first, index) => ({
    family: range.family,
    first,
    last: (sorted[index + 1] ?? range.last + 1n) - 1n,
  }))
}

function podEndpoint(pod: Pod, replica: number): Endpoint {
  return { kind: 'pod', pod, replica }
}

function firstOf({ pods, workload }: WorkloadParty): Pod {
  const [pod] = pods
  if (pod === undefined) throw new Error(`the workload ${workload.id} has no pods`)
  return pod
}
