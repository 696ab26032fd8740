import type { Address, Family } from '../net/address.js'
import { networkAddresses } from '../model/cluster.js'
import type { Endpoint } from '../model/flow.js'
import type { IpBlock } from '../model/policy.js'
import { nameOfEnd } from './readings.js'
import type { RuleIndex } from './rule-index.js'
import type { View } from './view.js'
import { NO, sure, type Doubt, type DoubtSite, type Truth } from './truth.js'
import { blockRanges, isHeld, touching, whereaboutsOf, type Whereabouts } from './unknown-address.js'

/** How the ipBlocks of one rule match an endpoint. */
export interface BlockMatch {
  readonly truth: Truth
  /** Those that hold its address; where it is not known those that may, if together they hold all that it may be. */
  readonly blocks: readonly IpBlock[]
  /** Those that may hold an address that is not known. */
  readonly touching: readonly IpBlock[]
  /** The doubt about an address that is not known. */
  readonly doubts: readonly Doubt[]
}

const NOBODY: BlockMatch = { truth: NO, blocks: [], touching: [], doubts: [] }

/**
 * Matches the ipBlocks of one rule together, because an address that is not known still lies somewhere: blocks that
 * cover its whole range hold it. Those of several rules are taken together by `allowedWherever`.
 */
export function matchBlocks(
  blocks: readonly IpBlock[],
  holding: RuleIndex['holding'],
  peer: Endpoint,
  view: View,
  siteOf: (block: IpBlock) => DoubtSite,
): BlockMatch {
  const where = whereaboutsOf(peer, view)
  if (where !== null) return matchUnknown(blocks, where, (block) => doubtAbout(peer, where, siteOf(block)))
  const isOwnAddress = peer.kind === 'pod' && !peer.pod.hostNetwork
  if (isOwnAddress && view.reading.ipblockPods === 'never') return NOBODY
  return matchAddress(holding, addressesOf(peer), view.flow.family)
}

function matchAddress(holding: RuleIndex['holding'], addresses: readonly Address[], family: Family | null): BlockMatch {
  const used = family === null ? addresses : addresses.filter((address) => address.family === family)
  const found = [...new Set(used.flatMap(holding))]
  return { ...NOBODY, truth: sure(found.length > 0), blocks: found }
}

function doubtAbout(peer: Endpoint, { code }: Whereabouts, site: DoubtSite): Doubt {
  return { code, about: nameOfEnd(peer), site }
}

/** The doubt names the first block that may hold the address. */
function matchUnknown(blocks: readonly IpBlock[], where: Whereabouts, doubtOf: (block: IpBlock) => Doubt): BlockMatch {
  const perhaps = touching(blocks, where)
  const [first] = perhaps
  if (first === undefined) return NOBODY
  const doubts = [doubtOf(first)]
  const truth = isHeld(perhaps.flatMap(blockRanges), where, doubts)
  return { truth, blocks: truth.value ? perhaps : [], touching: perhaps, doubts }
}

/** The addresses that a block can be compared with: a host-network pod has those of its node. */
export function addressesOf(peer: Endpoint): readonly Address[] {
  switch (peer.kind) {
    case 'external':
      return [peer.address]
    case 'host':
      return []
    case 'node':
      return peer.node.addresses
    case 'pod':
      return networkAddresses(peer.pod)
  }
}
