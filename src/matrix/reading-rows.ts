import { chosenReading, type Reading } from '../engine/readings.js'
import type { Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'
import { DIRECTIONS } from '../model/direction.js'
import { hasDoubts, type Classes, type ClassPolicy } from './classes.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
import type { Extent, MatrixWorld, View } from './lens.js'
import { hasTies } from './ties.js'
import { rowsUnder, type Rows } from './rows.js'

/** Rows under one reading: as things stand, and, where that could differ, what is open whatever the input leaves open. */
export interface ReadingRows {
  readonly reading: Reading
  readonly rows: Rows
  readonly sure: Rows | null
  /** What may turn out to be open, no less than the others. */
  readonly possible: Rows | null
}

/** The rows of every reading in one family. */
export interface FamilyRows {
  /** Null where the input does not say which. */
  readonly family: Family | null
  /** Those of the chosen reading. */
  readonly base: ReadingRows
  readonly readings: readonly ReadingRows[]
}

/** Makes the rows of one view. */
export type RowsUnder = (view: View) => Rows

/** Prepares the rows of every reading in a family; null is one that the input does not say. */
export function readingRows(
  world: MatrixWorld,
  under: RowsUnder = (view) => rowsUnder(world, view),
): (family: Family | null) => FamilyRows {
  const { classes } = world
  const readings = readingsOf(world)
  const doubts = isSilent(classes)
  const known = new Map<Family | null, FamilyRows>()
  return (family) => {
    const found = known.get(family)
    if (found !== undefined) return found
    const made = readings.map((reading) => {
      const rows = (extent: Extent) => under({ family, reading, extent })
      return {
        reading,
        rows: rows('value'),
        sure: doubts ? rows('sure') : null,
        possible: doubts ? rows('possible') : null,
      }
    })
    const [base] = made
    if (base === undefined) throw new Error('there is always one reading')
    const rows = { family, base, readings: made }
    known.set(family, rows)
    return rows
  }
}

/**
 * The readings under which more may turn out to be open than is as things stand; none where that cannot be. What is open about
 * blocks only closes.
 */
export function widerReadingsOf(world: MatrixWorld): readonly Reading[] {
  const chosen = chosenReading(world.compiled)
  const others = readingsOf(world).filter(
    (reading) =>
      reading.ipblockPods === chosen.ipblockPods && (!isPlain(reading) || reading.hostNetwork !== chosen.hostNetwork),
  )
  return others.length === 0 && !isSilent(world.classes) ? [] : [chosen, ...others]
}

/** Whether labels or addresses that are not in the input could matter. */
function isSilent(classes: Classes): boolean {
  return (
    hasDoubts(classes) || (hasBlocks(classes.policies) && classes.classes.some(({ families }) => families.length === 0))
  )
}

/** What a reading says of open ports: whether it keeps them open, and whether surely. */
export function judge(sets: ConnectionSets, open: SetId, value: SetId, sure: SetId): Certainty {
  const kept = sets.intersect(open, value)
  if (!sets.covers(sure, kept)) return 'indeterminate'
  return kept === open ? 'certain' : 'undefined'
}

/**
 * The chosen reading, and those that the API leaves open beside it. What a pod sends to its own node is not a question here:
 * reading that the other way only opens more.
 */
export function readingsOf({ compiled, classes }: MatrixWorld): readonly Reading[] {
  const tiers = readingsOfTiers(classes, chosenReading(compiled))
  return tiers.flatMap((reading) => otherwise({ compiled, classes }, reading))
}

/** Whether a reading settles what is open about tiers as the chosen one does. */
export function isPlain({ baseline, ties }: Reading): boolean {
  return baseline === 'by-direction' && ties === 'by-name'
}

/** The scope of the Baseline tier (C-7) and the order of equal priorities (C-8), where they could matter. */
function readingsOfTiers(classes: Classes, chosen: Reading): readonly Reading[] {
  const isOneSided = ({ rules }: ClassPolicy) => (rules.ingress === null) !== (rules.egress === null)
  const before = classes.tiers.slice(0, -1).filter(({ tier }) => tier.decides === 'isolation')
  const byScope: readonly Reading[] = before.some(({ policies }) => policies.some(isOneSided))
    ? [chosen, { ...chosen, baseline: 'by-pod' }]
    : [chosen]
  if (!hasTies(classes)) return byScope
  return (['by-name', 'opening', 'closing'] as const).flatMap((ties) =>
    byScope.map((reading) => ({ ...reading, ties })),
  )
}

function otherwise(
  { compiled, classes }: Pick<MatrixWorld, 'compiled' | 'classes'>,
  chosen: Reading,
): readonly Reading[] {
  const { ipblockPods, hostNetwork } = compiled.options
  const blocksOpen =
    ipblockPods === undefined &&
    classes.tiers.some(({ tier, policies }) => tier.settled.ipblockPods === undefined && hasBlocks(policies))
  const hostsOpen = hostNetwork === undefined && classes.classes.some(({ pod }) => pod.hostNetwork)
  const byBlocks: readonly Reading[] = blocksOpen ? [chosen, { ...chosen, ipblockPods: 'never' }] : [chosen]
  return hostsOpen
    ? [...byBlocks, ...byBlocks.map((reading) => ({ ...reading, hostNetwork: 'enforce' as const }))]
    : byBlocks
}

/** Whether any rule of some policies has blocks in a direction that is evaluated. */
function hasBlocks(policies: readonly ClassPolicy[]): boolean {
  return policies.some(({ rules }) =>
    DIRECTIONS.some((direction) => rules[direction]?.some((rule) => rule.blocks !== null)),
  )
}
