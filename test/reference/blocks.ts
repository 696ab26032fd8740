import { type Address, type Block, inside, parsePrefix } from './addresses.js'
import { get, list, text, unset } from './json.js'
import { addressesOf, type Flow, type Party, sharesNetworkOfNode } from './parties.js'
import type { Run } from './run.js'
import { matchUnknown, type OpenRule } from './unknown-address.js'

function readBlock(ipBlock: unknown): Block {
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

/** Selectors beside the blocks of a rule are no blocks. */
export function readBlocks(peers: unknown): Block[] {
  const found: Block[] = []
  for (const peer of list(peers)) if (!unset(get(peer, 'ipBlock'))) found.push(readBlock(get(peer, 'ipBlock')))
  return found
}

/** Pods on a node's network have the node's address, which the option is not about. */
function isHidden(other: Party, run: Run): boolean {
  return other.kind === 'pod' && !sharesNetworkOfNode(other) && run.readings.ipblockPods === 'never'
}

function oneMatches(blocks: readonly Block[], other: Party, flow: Flow, run: Run): boolean {
  if (isHidden(other, run)) {
    run.hit('A-43.never')
    return false
  }
  let matched = false
  for (const address of addressesOf(other)) {
    if (flow.family !== undefined && address.family !== flow.family) {
      run.hit('A-44')
      continue // only the addresses of the flow's family
    }
    for (const block of blocks) if (blockHas(block, address, run)) matched = true
  }
  if (matched && other.kind === 'pod' && !sharesNetworkOfNode(other)) run.hit('A-43')
  return matched
}

/** One list of blocks for each rule that is open to the asked port: which of these rules match the other end by them. */
export function blocksMatch(rules: readonly OpenRule[], other: Party, flow: Flow, run: Run, id: string): boolean[] {
  if (rules.every((blocks) => blocks.length === 0)) return rules.map(() => false)
  if (addressesOf(other).length > 0) {
    return rules.map((blocks) => blocks.length > 0 && oneMatches(blocks, other, flow, run))
  }
  if (isHidden(other, run)) {
    run.hit('A-45.never')
    return rules.map(() => false)
  }
  return matchUnknown(rules, other, flow, run, id)
}
