import { type Address, type Block, coverage, everything, type Family, inside, parsePrefix } from './addresses.js'
import { usedFamilies } from './family.js'
import { get, list, text } from './json.js'
import { addressesOf, type Flow, type Party, sharesNetworkOfNode } from './parties.js'
import { ask, type Run } from './run.js'

export function readBlock(ipBlock: unknown): Block {
  const except = list(get(ipBlock, 'except')).map((one) => parsePrefix(text(one)))
  return { cidr: parsePrefix(text(get(ipBlock, 'cidr'))), except }
}

function blockHas(block: Block, address: Address, run: Run): boolean {
  if (block.cidr.mapped) run.hit('A-41.mapped')
  if (block.cidr.family !== address.family) {
    run.hit('A-41')
    return false
  }
  if (!inside(address, block.cidr)) {
    run.hit('A-40.outside')
    return false
  }
  if (block.cidr.hostBits) run.hit('A-42') // masked when it was read
  for (const except of block.except) {
    if (inside(address, except)) {
      run.hit('A-40.except')
      return false
    }
  }
  run.hit('A-40')
  return true
}

/** A-45, for one family: certain yes, certain no, or the default of an unknown thing. */
function unknownAddress(
  blocks: readonly Block[],
  family: Family,
  other: Party,
  run: Run,
): 'yes' | 'no' | 'yes?' | 'no?' {
  // a pod range says nothing about nodes and pods on the host's network
  if (run.podCidrs.length > 0 && other.kind === 'pod' && !sharesNetworkOfNode(other)) {
    const ranges: string[] = []
    for (const range of run.podCidrs) if (range.family === family) ranges.push(coverage(blocks, range))
    if (ranges.every((one) => one === 'none')) {
      run.hit('A-45.range-outside')
      return 'no' // disjoint from the range, or excepted
    }
    if (ranges.every((one) => one === 'all')) {
      run.hit('A-45.range-inside')
      return 'yes' // contains the range
    }
  }
  if (!usedFamilies(run.world, run.podCidrs).includes(family)) {
    run.hit('A-45.unused-family')
    return 'no' // a family that the cluster does not use
  }
  const covered = coverage(blocks, everything(family))
  if (covered === 'none') {
    run.hit('A-45.other-family')
    return 'no' // no block of this family
  }
  if (covered === 'all') {
    run.hit('A-45.full')
    return 'yes?' // A-45, with the mark of F-108
  }
  run.hit('A-45')
  return 'no?' // anything else
}

/** The unknown is one per (subject's direction, policy, rule), because A-45 takes the blocks of a rule together. */
function addressLess(blocks: readonly Block[], other: Party, flow: Flow, run: Run, id: string): boolean {
  const families: Family[] = flow.family === undefined ? usedFamilies(run.world, run.podCidrs) : [flow.family]
  const found = families.map((family) => unknownAddress(blocks, family, other, run))
  if (found.every((one) => one === 'yes')) return true
  if (found.every((one) => one === 'no')) return false
  if (sharesNetworkOfNode(other)) run.hit('A-64.unknown-address')
  const usual = found.includes('yes') || found.includes('yes?')
  return ask(run, `A-45 ${id}`, usual, [!usual]) === true
}

/** Whether one of the blocks of a rule matches the other end. */
export function blocksMatch(blocks: readonly Block[], other: Party, flow: Flow, run: Run, id: string): boolean {
  const ownPodAddress = other.kind === 'pod' && !sharesNetworkOfNode(other)
  const addresses = addressesOf(other)
  if (ownPodAddress && run.readings.ipblockPods === 'never') {
    run.hit(addresses.length === 0 ? 'A-45.never' : 'A-43.never')
    return false
  }
  if (addresses.length === 0) return addressLess(blocks, other, flow, run, id)
  let matched = false
  for (const address of addresses) {
    if (flow.family !== undefined && address.family !== flow.family) {
      run.hit('A-44')
      continue // only the addresses of the flow's family
    }
    for (const block of blocks) if (blockHas(block, address, run)) matched = true
  }
  if (matched && ownPodAddress) run.hit('A-43')
  return matched
}
