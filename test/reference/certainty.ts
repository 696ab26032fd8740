import type { Outcome } from './evaluate.js'
import type { Via } from './parties.js'
import type { Assumption, Readings, Unknown } from './run.js'

export type Certainty = 'certain' | 'undefined' | 'indeterminate'
type Evaluate = (readings: Readings, assumed: readonly Assumption[]) => Pick<Outcome, 'verdict' | 'asked'>

const FULL_PRODUCT = 4096

/**
 * Every combination of the readings marked U. A reading that an option has moved away from its default is settled
 * (A-45 "under never no match, no note"; F-185 has no mark); A-63 has no option and is always open.
 */
function readingsToTry(usual: Readings, via: Via | undefined, byIsolation: boolean): Readings[] {
  const blocks: Readings['ipblockPods'][] = usual.ipblockPods === 'never' ? ['never'] : ['match', 'never']
  const hosts: Readings['hostNetwork'][] = usual.hostNetwork === 'enforce' ? ['enforce'] : ['ignore', 'enforce']
  let found: Readings[] = []
  for (const ipblockPods of blocks) {
    for (const hostNetwork of hosts) {
      for (const ownNodeEgress of ['normal', 'exempt'] as const) {
        found.push({ ...usual, ipblockPods, hostNetwork, ownNodeEgress })
      }
    }
  }
  if (byIsolation) found = found.flatMap((one) => [one, { ...one, isolation: 'any' as const }]) // C-7
  if (via === undefined) return found
  const byClient = found
  for (const client of via.handedOnBy) found = [...found, ...byClient.map((one) => ({ ...one, client }))]
  if (via.itself) found = found.flatMap((one) => [one, { ...one, hairpin: 'normal' }])
  // Where the input shows no address of the Service there is nothing to compare with a block
  if (via.addresses.length === 0) return found
  return found.flatMap((one) => [one, { ...one, serviceAddress: 'service' as const }])
}

function merge(all: Unknown[], asked: readonly Unknown[]): void {
  for (const one of asked) {
    let known: Unknown | undefined
    for (const other of all) if (other.id === one.id) known = other
    if (known === undefined) {
      known = { ...one, others: [] }
      all.push(known)
    }
    for (const value of one.others) if (!known.others.includes(value)) known.others.push(value)
  }
}

function everyCombination(unknowns: readonly Unknown[]): Assumption[][] {
  let found: Assumption[][] = [[]]
  for (const { id, usual, others } of unknowns) {
    const longer: Assumption[][] = []
    for (const before of found) for (const value of [usual, ...others]) longer.push([...before, { id, value }])
    found = longer
  }
  return found
}

/**
 * Unknown things: one label of an undefined namespace (A-28: absent, each value that a selector names, and one more),
 * whether the one address of an address-less end lies in a block of some rule, and whether an unknown node is the pod's own
 * . All combinations, as long as they are at most 4096; else those that change at most two things, and those
 * that set all yes-or-no things alike (a match only ever adds, so these are the extremes).
 */
function assumptionsToTry(unknowns: readonly Unknown[]): Assumption[][] {
  let product = 1
  for (const { others } of unknowns) product *= 1 + others.length
  if (product <= FULL_PRODUCT) return everyCombination(unknowns)
  const found: Assumption[][] = []
  for (const [index, one] of unknowns.entries()) {
    found.push(...everyCombination([one]))
    for (const two of unknowns.slice(index + 1)) found.push(...everyCombination([one, two]))
  }
  for (const all of [true, false]) {
    const alike: Assumption[] = []
    for (const { id, usual } of unknowns) alike.push({ id, value: typeof usual === 'boolean' ? all : usual })
    found.push(alike)
  }
  return found
}

/** What of a flow decides which readings there are. */
interface Circumstances {
  via?: Via | undefined
  hasBaseline?: boolean
  openTiers?: boolean
}

/**
 * 'indeterminate' when unknown data are needed for a change: under some readings the verdict is still the usual one
 * while the usual values are kept, and another one with other values. 'undefined' when readings alone change it.
 */
export function certaintyOf(
  usual: Readings,
  base: Outcome['verdict'],
  evaluate: Evaluate,
  { via, hasBaseline = false, openTiers = true }: Circumstances = {},
): Certainty {
  const found = searched(readingsToTry(usual, via, hasBaseline && openTiers), base, evaluate, [[]])
  if (!openTiers || found.certainty === 'indeterminate' || found.ties.length === 0) return found.certainty
  // C-8: every policy of a tie may come first, and so may those that are tied only by what is unknown
  return searched(readingsToTry(usual, via, hasBaseline && openTiers), base, evaluate, everyCombination(found.ties))
    .certainty
}

function searched(
  readings: readonly Readings[],
  base: Outcome['verdict'],
  evaluate: Evaluate,
  orders: readonly Assumption[][],
): { certainty: Certainty; ties: Unknown[] } {
  const asked: Unknown[] = []
  let undefinedReading = false
  const unchanged: [Readings, Assumption[]][] = []
  for (const reading of readings) {
    for (const order of orders) {
      const outcome = evaluate(reading, order)
      merge(asked, outcome.asked)
      if (outcome.verdict !== base) undefinedReading = true
      else unchanged.push([reading, order])
    }
  }
  const unknowns = asked.filter(({ isReading }) => isReading !== true)
  const combinations = unknowns.length > 0 ? assumptionsToTry(unknowns) : []
  let indeterminate = false
  for (const [reading, order] of unchanged) {
    for (const assumed of combinations) {
      const outcome = evaluate(reading, [...order, ...assumed])
      merge(
        asked,
        outcome.asked.filter(({ isReading }) => isReading === true),
      )
      if (outcome.verdict !== base) indeterminate = true
      if (indeterminate) break
    }
  }
  const ties = asked.filter(({ isReading }) => isReading === true)
  return { certainty: indeterminate ? 'indeterminate' : undefinedReading ? 'undefined' : 'certain', ties }
}
