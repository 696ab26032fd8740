import { meetingOf } from '../engine/families.js'
import { chosenReading } from '../engine/readings.js'
import { once, remembered } from '../model/once.js'
import type { Family } from '../net/address.js'
import { cellBudget, type Spend } from './budget.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import { isolationRows } from './isolation.js'
import type { MatrixWorld, View } from './lens.js'
import { perTier } from './per-tier.js'
import { rowsUnder } from './rows.js'
import type { TierRow, TierRows } from './tier-rows.js'

/** Counts what sources open as things stand, without a look at each destination. */
export interface OpenCounts {
  /** The sum of the weights of the classes to which a source opens some port. */
  count(source: PodClass): number
  /** Whether the source that was counted last opens some port to a class. */
  opens(destination: PodClass): boolean
}

/**
 * Counts open cells by the weights of destination classes. Pods on their host's network are not counted: nodes have a say there.
 * Null where some ends can meet in two families, since each may be open otherwise.
 */
export function openCounts(world: MatrixWorld, weights: Float64Array, asked: SetId): OpenCounts | null {
  const {
    classes: { classes, kinds },
    compiled,
  } = world
  const reading = chosenReading(compiled)
  const meetings = kinds.map((one) => kinds.map((other) => meetingOf(one.families, other.families, null).families))
  if (meetings.some((row) => row.some(({ length }) => length > 1))) return null
  const spend = cellBudget(world)
  const weightsOf = kinds.map(({ kind }) =>
    Float64Array.from(classes, (one) => (one.kind === kind && !one.pod.hostNetwork ? (weights[one.number] ?? 0) : 0)),
  )
  /** Counts the destinations of one kind that sources meet in a family. */
  const countsIn = remembered((family: Family | null) => {
    const view: View = { family, reading, extent: 'value' }
    return weightsOf.map((own) => countsUnder(world, view, own, asked, spend))
  })
  const countsOf = kinds.map(({ kind }) =>
    kinds.flatMap((other) => {
      const [family] = meetings[kind]?.[other.kind] ?? []
      return family === undefined ? [] : (countsIn(family)[other.kind] ?? [])
    }),
  )
  let last: PodClass | null = null
  return {
    count(source) {
      last = source
      return (countsOf[source.kind] ?? []).reduce((sum, counts) => sum + counts.count(source), 0)
    },
    opens: (destination) => last !== null && countsOf[last.kind]?.[destination.kind]?.opens(destination) === true,
  }
}

/** The same under one view. Of a single tier of policies that isolate only what differs from source to source is looked at. */
function countsUnder(world: MatrixWorld, view: View, weights: Float64Array, asked: SetId, spend: Spend): OpenCounts {
  const {
    classes: { classes },
    sets: { none, all, intersect },
  } = world
  const everything: Row = new Int32Array(classes.length).fill(all)
  const isOpen = (out: Row, into: Row, number: number) =>
    intersect(intersect(out[number] ?? none, into[number] ?? none), asked) !== none
  const sumOf = (out: Row, into: Row): number => {
    spend(classes.length)
    let sum = 0
    for (let number = 0; number < classes.length; number++) {
      const weight = weights[number] ?? 0
      if (weight > 0 && isOpen(out, into, number)) sum += weight
    }
    return sum
  }
  let [out, into] = [everything, everything]
  const opens = ({ number }: PodClass) => isOpen(out, into, number)

  const [only, ...others] = perTier<TierRows | null>(world, view, { isolation: isolationRows, firstMatch: () => null })
  if (only == null || others.length > 0) {
    const rows = rowsUnder(world, view)
    return {
      count(source) {
        out = rows.glance(source)
        return sumOf(out, everything)
      },
      opens,
    }
  }

  const sums = once((one: Row) => once((other: Row) => sumOf(one, other)))
  const seen = new Uint32Array(classes.length)
  let turn = 0
  /** A row, and the one above which it was made: more is open in no cell of that. */
  const madeOf = (row: TierRow | null) =>
    row === null
      ? { open: everything, common: everything, parts: [] }
      : { open: row.open, common: row.above?.common ?? row.open, parts: row.above?.parts ?? [] }
  return {
    count(source) {
      const [sent, heard] = [madeOf(only.egress(source)), madeOf(only.ingress(source))]
      ;[out, into] = [sent.open, heard.open]
      let sum = sums(sent.common)(heard.common)
      turn++
      for (const { hear } of [...sent.parts, ...heard.parts]) {
        hear((number) => {
          if (seen[number] === turn) return
          seen[number] = turn
          if (isOpen(out, into, number) && !isOpen(sent.common, heard.common, number)) sum += weights[number] ?? 0
        })
      }
      return sum
    },
    opens,
  }
}
