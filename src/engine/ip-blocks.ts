import { contains, covers, overlaps, subtract, wholeFamily, type AddressRange } from '../net/ranges.js'
import type { Address, Family } from '../net/address.js'
import type { Endpoint, Flow } from '../model/flow.js'
import type { IpBlock } from '../model/policy.js'
import type { CompiledCluster } from './compile.js'
import { doubtful, either, NO, sure, YES, type DoubtSite, type Truth } from './truth.js'

/** What the blocks of one rule make of an endpoint, and which of them hold its address. */
export interface BlockMatch {
  readonly truth: Truth
  readonly blocks: readonly IpBlock[]
}

/** The addresses that a block names: its cidr without its excepts. */
export function blockRanges(block: IpBlock): readonly AddressRange[] {
  return subtract([block.cidr], block.except)
}

/** Whether the address lies in the cidr and in no except. */
export function inBlock(block: IpBlock, address: Address): boolean {
  return contains(block.cidr, address) && !block.except.some((hole) => contains(hole, address))
}

/**
 * Matches the ipBlocks of one rule together, because an address that is not known still lies somewhere: blocks that
 * cover its whole range hold it.
 */
export function matchBlocks(
  blocks: readonly IpBlock[],
  peer: Endpoint,
  flow: Flow,
  { cluster, options }: CompiledCluster,
  site: DoubtSite,
): BlockMatch {
  const known = addressesOf(peer)
  const byHost = peer.kind === 'pod' && peer.pod.hostNetwork
  const plain = peer.kind === 'pod' && !(byHost && options.hostNetwork !== 'enforce')
  if (plain && options.ipblockPods === 'never') return { truth: NO, blocks: [] }
  const podRanges = byHost || peer.kind !== 'pod' ? [] : (options.podRanges ?? [])
  const match =
    known.length > 0
      ? matchAddress(blocks, known, flow.family)
      : matchUnknown(blocks, {
          families:
            flow.family === null ? [...cluster.families, ...podRanges.map(({ family }) => family)] : [flow.family],
          ranges: podRanges,
          about: nameOf(peer),
          site,
        })
  if (!plain || byHost || options.ipblockPods !== undefined) return match
  return { ...match, truth: either(match.truth, NO, { code: 'ipblock-pod-address', about: nameOf(peer), site }) }
}

function matchAddress(blocks: readonly IpBlock[], addresses: readonly Address[], family: Family | null): BlockMatch {
  const used = family === null ? addresses : addresses.filter((address) => address.family === family)
  const holding = blocks.filter((block) => used.some((address) => inBlock(block, address)))
  return { truth: sure(holding.length > 0), blocks: holding }
}

interface Unknown {
  readonly families: readonly Family[]
  readonly ranges: readonly AddressRange[]
  readonly about: string
  readonly site: DoubtSite
}

/** An address that is somewhere in `ranges`, or without any somewhere in one of the families. */
function matchUnknown(blocks: readonly IpBlock[], { families, ranges, about, site }: Unknown): BlockMatch {
  const possible =
    ranges.length > 0 ? ranges.filter(({ family }) => families.includes(family)) : families.map(wholeFamily)
  const touching = blocks.filter((block) =>
    blockRanges(block).some((part) => possible.some((range) => overlaps(part, range))),
  )
  if (touching.length === 0) return { truth: NO, blocks: [] }
  const named = blocks.flatMap(blockRanges)
  const covered = (range: AddressRange) => covers(named, range)
  if (ranges.length > 0 && possible.every(covered)) return { truth: YES, blocks: touching }
  const full = ranges.length === 0 && possible.some(covered)
  return { truth: doubtful(full, { code: 'pod-address-unknown', about, site }), blocks: full ? touching : [] }
}

/** The addresses that a block can be compared with: a host-network pod has those of its node. */
export function addressesOf(peer: Endpoint): readonly Address[] {
  switch (peer.kind) {
    case 'external':
      return [peer.address]
    case 'node':
      return peer.node.addresses
    case 'pod':
      return peer.pod.hostNetwork ? [...peer.pod.nodeAddresses, ...peer.pod.addresses] : peer.pod.addresses
  }
}

function nameOf(peer: Endpoint): string {
  switch (peer.kind) {
    case 'external':
      return 'the address'
    case 'node':
      return `node/${peer.node.name}`
    case 'pod':
      return `${peer.pod.namespace}/${peer.pod.name}`
  }
}
