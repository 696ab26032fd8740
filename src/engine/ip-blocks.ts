import { covers, overlaps, subtract, wholeFamily, type AddressRange } from '../net/ranges.js'
import type { Address, Family } from '../net/address.js'
import { networkAddresses } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { IpBlock } from '../model/policy.js'
import { nameOfEnd } from './readings.js'
import type { RuleIndex } from './rule-index.js'
import type { View } from './view.js'
import { doubtful, NO, sure, YES, type Doubt, type DoubtSite, type Truth } from './truth.js'

/** What the blocks of one rule make of an endpoint, and which of them hold its address. */
export interface BlockMatch {
  readonly truth: Truth
  readonly blocks: readonly IpBlock[]
}

/** The addresses that a block names: its cidr without its excepts. */
export function blockRanges(block: IpBlock): readonly AddressRange[] {
  return subtract([block.cidr], block.except)
}

/**
 * Matches the ipBlocks of one rule together, because an address that is not known still lies somewhere: blocks that
 * cover its whole range hold it.
 */
export function matchBlocks(
  blocks: readonly IpBlock[],
  holding: RuleIndex['holding'],
  peer: Endpoint,
  view: View,
  siteOf: (block: IpBlock) => DoubtSite,
): BlockMatch {
  const { flow, reading, compiled } = view
  const ownAddress = peer.kind === 'pod' && !peer.pod.hostNetwork
  if (ownAddress && reading.ipblockPods === 'never') return { truth: NO, blocks: [] }
  const known = addressesOf(peer)
  if (known.length > 0) return matchAddress(holding, known, flow.family)
  const ranges = ownAddress ? (compiled.options.podRanges ?? []) : []
  const shown = [...compiled.cluster.families, ...ranges.map(({ family }) => family)]
  const families = flow.family === null ? shown : [flow.family]
  const code = ownAddress ? 'pod-address-unknown' : 'host-address-unknown'
  const doubtOf = (block: IpBlock): Doubt => ({ code, about: nameOfEnd(peer), site: siteOf(block) })
  return matchUnknown(blocks, { families, ranges, doubtOf })
}

function matchAddress(holding: RuleIndex['holding'], addresses: readonly Address[], family: Family | null): BlockMatch {
  const used = family === null ? addresses : addresses.filter((address) => address.family === family)
  const found = [...new Set(used.flatMap(holding))]
  return { truth: sure(found.length > 0), blocks: found }
}

interface Unknown {
  readonly families: readonly Family[]
  readonly ranges: readonly AddressRange[]
  /** The doubt about a block that may hold the address. */
  readonly doubtOf: (block: IpBlock) => Doubt
}

/** An address that is somewhere in `ranges`, or without any somewhere in one of the families. */
function matchUnknown(blocks: readonly IpBlock[], { families, ranges, doubtOf }: Unknown): BlockMatch {
  const possible =
    ranges.length > 0 ? ranges.filter(({ family }) => families.includes(family)) : families.map(wholeFamily)
  const touching = blocks.filter((block) =>
    blockRanges(block).some((part) => possible.some((range) => overlaps(part, range))),
  )
  const [first] = touching
  if (first === undefined) return { truth: NO, blocks: [] }
  const named = blocks.flatMap(blockRanges)
  const covered = (range: AddressRange) => covers(named, range)
  if (ranges.length > 0 && possible.every(covered)) return { truth: YES, blocks: touching }
  // Which family is used is not known: as things stand, one in which every possible address is held
  const full = families.some((family) => {
    const there = possible.filter((range) => range.family === family)
    return there.length > 0 && there.every(covered)
  })
  return { truth: doubtful(full, doubtOf(first)), blocks: full ? touching : [] }
}

/** The addresses that a block can be compared with: a host-network pod has those of its node. */
export function addressesOf(peer: Endpoint): readonly Address[] {
  switch (peer.kind) {
    case 'external':
      return [peer.address]
    case 'node':
      return peer.node.addresses
    case 'pod':
      return networkAddresses(peer.pod)
  }
}
