import { chosenReading, type Reading } from '../engine/readings.js'
import { FAMILIES, type Family } from '../net/address.js'
import type { Certainty } from '../model/verdict.js'
import { hasBlocks, hasDoubts, type PodClass } from './classes.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
import { lensOf, type MatrixWorld } from './lens.js'
import { rowsUnder, type Rows } from './rows.js'

/** What pods of one class may open to pods of another, and how sure that is. */
export interface Answer {
  readonly open: SetId
  readonly certainty: Certainty
  /** Why the answer is unsure, where that is a matter of address families. */
  readonly note: 'no-shared-family' | 'families-differ' | null
}

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** Between pods on one node, a source on its host's network is let in whatever the policies. */
  to(destination: PodClass, onOwnNode: boolean): Answer
}

/** Rows under one reading: as things stand, and what holds whatever the input leaves open. */
interface ReadingRows {
  readonly reading: Reading
  readonly rows: Rows
  readonly sure: Rows | null
}

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export function answerRows(world: MatrixWorld): (source: PodClass) => AnswerRow {
  const { classes, sets } = world
  const readings = readingsOf(world)
  const unknownAddresses = classes.classes.some(({ families }) => families.length === 0)
  const doubts = hasDoubts(classes) || (unknownAddresses && hasBlocks(classes))
  const underFamily = new Map<Family | null, readonly ReadingRows[]>()
  const readingsUnder = (family: Family | null): readonly ReadingRows[] => {
    const known = underFamily.get(family)
    if (known !== undefined) return known
    const made = readings.map((reading) => {
      const rows = (sure: boolean) => rowsUnder(world, lensOf(world, { family, reading, sure }))
      return { reading, rows: rows(false), sure: doubts ? rows(true) : null }
    })
    underFamily.set(family, made)
    return made
  }

  return (source) => {
    const remembered = new Map<Rows, { egress: Int32Array; ingress: Int32Array }>()
    const rowOf = (rows: Rows) => {
      const known = remembered.get(rows) ?? { egress: rows.egress(source), ingress: rows.ingress(source) }
      remembered.set(rows, known)
      return known
    }
    const whole = (rows: Rows, { number }: PodClass, onOwnNode: boolean): SetId => {
      const { egress, ingress } = rowOf(rows)
      const out = egress[number] ?? sets.none
      return onOwnNode ? out : sets.intersect(out, ingress[number] ?? sets.none)
    }
    const single = (rows: Rows, destination: PodClass, onOwnNode: boolean): SetId => {
      const out = rows.cell('egress', source, destination)
      return onOwnNode ? out : sets.intersect(out, rows.cell('ingress', source, destination))
    }
    return {
      to(destination, onOwnNode) {
        const { families, shared } = familiesOf(source, destination)
        const all = families.map((family) => readingsUnder(family))
        const opens = all.map(([base]) => (base === undefined ? sets.none : whole(base.rows, destination, onOwnNode)))
        const open = opens.reduce(sets.intersect)
        if (open === sets.none) return { open, certainty: 'certain', note: null }
        if (!shared) return { open, certainty: 'indeterminate', note: 'no-shared-family' }
        if (opens.some((other) => other !== open)) return { open, certainty: 'indeterminate', note: 'families-differ' }
        const onHost = source.pod.hostNetwork || destination.pod.hostNetwork
        const looks = all.flatMap(([base, ...others]) =>
          [...(base === undefined ? [] : [base]), ...others].flatMap(({ reading, rows, sure }) => {
            const other = reading.hostNetwork !== base?.reading.hostNetwork
            if (other && !onHost) return []
            // Few destinations are on their host's network: their cells are computed one by one
            const look = other && !source.pod.hostNetwork ? single : whole
            const value = look(rows, destination, onOwnNode)
            return [{ value, sure: sure === null ? value : look(sure, destination, onOwnNode) }]
          }),
        )
        return { open, certainty: certaintyOf(sets, open, looks), note: null }
      },
    }
  }
}

/** What is open under a reading: as things stand, and whatever the input leaves open. */
export interface Look {
  readonly value: SetId
  readonly sure: SetId
}

/** Indeterminate where some open port stays open under a reading but not surely; undefined where a reading closes one. */
export function certaintyOf(sets: ConnectionSets, open: SetId, looks: readonly Look[]): Certainty {
  let certainty: Certainty = 'certain'
  for (const { value, sure } of looks) {
    const kept = sets.intersect(open, value)
    if (!sets.covers(sure, kept)) return 'indeterminate'
    if (kept !== open) certainty = 'undefined'
  }
  return certainty
}

/** The families in which two ends can meet; none at all where neither has a known address, or none is shared. */
function familiesOf(a: PodClass, b: PodClass): { families: readonly (Family | null)[]; shared: boolean } {
  if (a.families.length + b.families.length === 0) return { families: [null], shared: true }
  const both = FAMILIES.filter((family) =>
    [a, b].every(({ families }) => families.length === 0 || families.includes(family)),
  )
  return both.length === 0 ? { families: [null], shared: false } : { families: both, shared: true }
}

/**
 * The chosen reading, and those that the API leaves open beside it. What a pod sends to its own node is no question here:
 * reading that the other way only opens more.
 */
export function readingsOf({ compiled, classes }: MatrixWorld): readonly Reading[] {
  const chosen = chosenReading(compiled)
  const { ipblockPods, hostNetwork } = compiled.options
  const blocksOpen = ipblockPods === undefined && hasBlocks(classes)
  const hostsOpen = hostNetwork === undefined && classes.classes.some(({ pod }) => pod.hostNetwork)
  const byBlocks: readonly Reading[] = blocksOpen ? [chosen, { ...chosen, ipblockPods: 'never' }] : [chosen]
  return hostsOpen
    ? [...byBlocks, ...byBlocks.map((reading) => ({ ...reading, hostNetwork: 'enforce' as const }))]
    : byBlocks
}
