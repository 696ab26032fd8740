/** an end whose address the input does not show. */
import { type Block, coverage, everything, type Family, type Prefix } from './addresses.js'
import { usedFamilies } from './family.js'
import { type Flow, type Party, sharesNetworkOfNode } from './parties.js'
import { ask, type Run } from './run.js'

/** The blocks of one rule that is open to the asked port. */
export type OpenRule = readonly Block[]

type Held = 'yes' | 'no' | 'yes?' | 'no?'

/** The pod ranges that the end lies in, if any were given: they say nothing about nodes and pods on a node's network. */
function rangesFor(other: Party, family: Family, run: Run): Prefix[] | undefined {
  if (run.podCidrs.length === 0 || other.kind !== 'pod' || sharesNetworkOfNode(other)) return undefined
  return run.podCidrs.filter((range) => range.family === family)
}

/** A-45, for one family: certain yes, certain no, or the default of an unknown thing. */
function held(blocks: readonly Block[], family: Family, other: Party, run: Run): Held {
  const ranges = rangesFor(other, family, run)
  if (ranges !== undefined) {
    const found = ranges.map((range) => coverage(blocks, range))
    if (found.every((one) => one === 'none')) {
      run.hit('A-45.range-outside')
      return 'no' // disjoint from the range, or excepted
    }
    if (found.every((one) => one === 'all')) {
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
    if (other.kind === 'host') return 'yes' // E-7: every address that it may have
    run.hit('A-45.full')
    return 'yes?' // A-45, with the mark of F-108
  }
  run.hit('A-45')
  return 'no?' // anything else
}

function every(blocks: readonly Block[], families: readonly Family[], other: Party, run: Run): Held {
  const found = families.map((family) => held(blocks, family, other, run))
  if (found.every((one) => one === 'yes')) return 'yes'
  if (found.every((one) => one === 'no')) return 'no'
  return found.includes('yes') || found.includes('yes?') ? 'yes?' : 'no?'
}

/** Whether some address that the end may have lies in one of the blocks. */
function mayHold(blocks: readonly Block[], families: readonly Family[], other: Party, run: Run): boolean {
  for (const family of families) {
    for (const range of rangesFor(other, family, run) ?? [everything(family)]) {
      if (coverage(blocks, range) !== 'none') return true
    }
  }
  return false
}

/**
 * Which of the rules match an end without an address, by their blocks. An end has one address, however many rules and
 * policies name blocks: so the union of the blocks of all rules that are open to the port is asked about,
 * once for each direction, as the unknown end of one is the subject of the other. Where no rule holds every address
 * alone, all that hold some are named.
 */
export function matchUnknown(rules: readonly OpenRule[], other: Party, flow: Flow, run: Run, id: string): boolean[] {
  const families: Family[] = flow.family === undefined ? usedFamilies(run.world, run.podCidrs) : [flow.family]
  const together = every(rules.flat(), families, other, run)
  const usual = together === 'yes' || together === 'yes?'
  let matched = usual
  if (together === 'yes?' || together === 'no?') {
    if (sharesNetworkOfNode(other)) run.hit('A-64.unknown-address')
    matched = ask(run, id, usual, [!usual]) === true
  }
  if (!matched) return rules.map(() => false)
  const quiet = { ...run, hit: () => undefined }
  const alone = rules.map((blocks) => every(blocks, families, other, quiet).startsWith('yes'))
  if (alone.includes(true)) return alone
  run.hit('A-45.union')
  return rules.map((blocks) => mayHold(blocks, families, other, run))
}
