import { networkAddresses } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { IpBlock } from '../model/policy.js'
import type { NoteCode } from '../model/note.js'
import { once } from '../model/once.js'
import type { Family } from '../net/address.js'
import { covers, overlaps, subtract, wholeFamily, type AddressRange } from '../net/ranges.js'
import { canBe, sure, type Doubt, type Truth } from './truth.js'
import type { View } from './view.js'

/** Where an address that the input does not say may be. */
export interface Whereabouts {
  readonly families: readonly Family[]
  /** Disjoint by family; whole families unless the pod is known to lie in ranges. */
  readonly possible: readonly AddressRange[]
  /** It surely lies in `possible`. Without ranges it may even be an address that no block can hold (F-108). */
  readonly isBounded: boolean
  /** What notes say of it. */
  readonly code: NoteCode
}

/** Where the address of an end may be; null where it is known, or where blocks cannot match it. */
export function whereaboutsOf(peer: Endpoint, { flow, reading, compiled }: View): Whereabouts | null {
  if (peer.kind === 'external') return null
  if (peer.kind === 'host') {
    // It has an address of a family that the cluster uses, or nothing can connect to it (E-7)
    const families = flow.family === null ? compiled.cluster.families : [flow.family]
    return { families, possible: families.map(wholeFamily), isBounded: true, code: 'name-address-unknown' }
  }
  const onNode = peer.kind === 'node' || peer.pod.hostNetwork
  if (!onNode && reading.ipblockPods === 'never') return null
  const known = peer.kind === 'node' ? peer.node.addresses : networkAddresses(peer.pod)
  if (known.length > 0) return null
  const ranges = onNode ? [] : (compiled.options.podRanges ?? [])
  const shown = [...compiled.cluster.families, ...ranges.map(({ family }) => family)]
  const families = flow.family === null ? [...new Set(shown)] : [flow.family]
  const isBounded = ranges.length > 0
  const possible = isBounded ? ranges.filter(({ family }) => families.includes(family)) : families.map(wholeFamily)
  return { families, possible, isBounded, code: onNode ? 'host-address-unknown' : 'pod-address-unknown' }
}

/** The addresses that a block names: its cidr without its excepts. */
export const blockRanges = once((block: IpBlock): readonly AddressRange[] => subtract([block.cidr], block.except))

/** Those of some blocks that may hold the address. */
export function touching(blocks: readonly IpBlock[], { possible }: Whereabouts): readonly IpBlock[] {
  return blocks.filter((block) => blockRanges(block).some((part) => possible.some((range) => overlaps(part, range))))
}

/** Whether ranges hold the address as things stand: which family is used is not known, so all that it may be in one. */
export function holdsAsThingsStand(ranges: readonly AddressRange[], { families, possible }: Whereabouts): boolean {
  return families.some((family) => {
    const there = possible.filter((range) => range.family === family)
    return there.length > 0 && there.every((range) => covers(ranges, range))
  })
}

function surelyHolds(ranges: readonly AddressRange[], { possible, isBounded }: Whereabouts): boolean {
  return isBounded && possible.every((range) => covers(ranges, range))
}

/** Whether ranges hold the address. */
export function isHeld(ranges: readonly AddressRange[], where: Whereabouts, doubts: readonly Doubt[]): Truth {
  if (surelyHolds(ranges, where)) return sure(true)
  return { value: holdsAsThingsStand(ranges, where), doubts }
}

/** A policy that may select a pod: what it opens whatever the address of the peer is, and the addresses that its blocks name. */
export interface PolicyByAddress {
  readonly selects: Truth
  readonly matches: Truth
  readonly holds: readonly AddressRange[]
}

/**
 * `allowedBy` for a peer whose address is not known. It has one address all the same, so that the blocks of all policies
 * count together: no single rule has to hold every address that it may have.
 */
export function allowedWherever(
  policies: readonly PolicyByAddress[],
  where: Whereabouts,
  doubts: readonly Doubt[],
  otherwise: Truth,
): Truth {
  const selecting = policies.filter(({ selects }) => selects.value)
  const value =
    selecting.length === 0
      ? otherwise.value
      : selecting.some(({ matches }) => matches.value) || holdsAsThingsStand(allHeld(selecting), where)
  const canBeFree = policies.every(({ selects }) => canBe(false, selects))
  const canTurn = (canBeFree && canBe(!value, otherwise)) || (value ? canClose(policies, where) : canOpen(policies))
  if (!canTurn) return sure(value)
  const ofPolicies = policies.flatMap(({ selects, matches }) => [...selects.doubts, ...matches.doubts])
  return { value, doubts: [...ofPolicies, ...doubts, ...(canBeFree ? otherwise.doubts : [])] }
}

function canClose(policies: readonly PolicyByAddress[], where: Whereabouts): boolean {
  const always = policies.filter(({ selects }) => !canBe(false, selects))
  if (!always.every(({ matches }) => canBe(false, matches))) return false
  if (always.length > 0) return !surelyHolds(allHeld(always), where)
  // Where none surely selects the pod, one that may do so is enough to isolate it
  return policies.some(
    ({ selects, matches, holds }) => canBe(true, selects) && canBe(false, matches) && !surelyHolds(holds, where),
  )
}

function canOpen(policies: readonly PolicyByAddress[]): boolean {
  return policies.some(
    ({ selects, matches, holds }) => canBe(true, selects) && (canBe(true, matches) || holds.length > 0),
  )
}

function allHeld(policies: readonly PolicyByAddress[]): readonly AddressRange[] {
  return policies.flatMap(({ holds }) => holds)
}
