import { meetingOf } from '../engine/families.js'
import { lazy } from '../model/once.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import { fewDestinations, type MatrixWorld } from './lens.js'
import { readingRows, type FamilyRows, type ReadingRows, type RowsUnder } from './reading-rows.js'
import type { Rows } from './rows.js'

/** Address families shared by a source and each group of destinations, with the rows of every reading in each of them. */
export interface Meeting {
  readonly families: readonly FamilyRows[]
  /** False where both ends have known addresses, and none of a family that the other has. */
  readonly shared: boolean
}

/** One source, and what is seen from it. */
export interface Outlook {
  readonly source: PodClass
  /** By the kind of the destination. */
  readonly meetings: readonly Meeting[]
  /** A whole row, which is kept as long as the outlook is. */
  readonly row: (rows: Rows) => Row
  /** Marks those of some destinations to which something else is open than a row says. */
  markOthers(rows: Rows, row: Row, numbers: Int32Array, marks: Uint8Array): void
  /** One cell of such a row. */
  cell(rows: Rows, destination: PodClass): SetId
  /** One cell without the row; between pods on one node only the source's own policies count. */
  single(rows: Rows, destination: PodClass, onOwnNode: boolean): SetId
}

/** The rows that say what a source that is not on its host's network meets in some families, each once. */
export function rowsIn({ families }: Meeting): readonly Rows[] {
  return [
    ...new Set(
      families
        .flatMap((family) => family.readings.filter((one) => !isForHosts(one, family)))
        .flatMap(({ rows, sure, possible }) => [rows, sure ?? rows, possible ?? rows]),
    ),
  ]
}

/** Prepares what sources meet; those of one kind meet everybody in the same families, and have the very same list. */
export function meetingsIn(world: MatrixWorld, under?: RowsUnder): (source: PodClass) => readonly Meeting[] {
  const { kinds } = world.classes
  const rowsOf = readingRows(world, under)
  const meetingsOf = kinds.map((kind) =>
    lazy(() =>
      kinds.map((example): Meeting => {
        const { families, shared } = meetingOf(kind.families, example.families, null)
        return { shared, families: families.map(rowsOf) }
      }),
    ),
  )
  return ({ kind }) => meetingsOf[kind]?.() ?? []
}

/** Prepares the outlook of every source. */
export function outlooks(
  world: MatrixWorld,
  meetingsOf: (source: PodClass) => readonly Meeting[],
): (source: PodClass) => Outlook {
  const { sets } = world
  const few = fewDestinations(world)
  const width = few === null ? 0 : Math.max(...few.map(({ number }) => number)) + 1
  return (source) => {
    const single = (rows: Rows, destination: PodClass, onOwnNode: boolean): SetId => {
      const out = rows.cell('egress', source, destination)
      return onOwnNode ? out : sets.intersect(out, rows.cell('ingress', source, destination))
    }
    const fromCells = (rows: Rows, destinations: readonly PodClass[]): Row => {
      const made = new Int32Array(width).fill(sets.none)
      for (const destination of destinations) made[destination.number] = single(rows, destination, false)
      return made
    }
    // Few, and there is an outlook for each source: a list takes less than a map
    const known: { readonly rows: Rows; readonly row: Row }[] = []
    const row = (rows: Rows): Row => {
      for (const one of known) if (one.rows === rows) return one.row
      const made = few === null ? rows.from(source) : fromCells(rows, few)
      known.push({ rows, row: made })
      return made
    }
    return {
      source,
      meetings: meetingsOf(source),
      row,
      cell: (rows, { number }) => row(rows)[number] ?? sets.none,
      markOthers(rows, seen, numbers, marks) {
        if (few === null) rows.markOthers(source, seen, numbers, marks)
        else for (const number of numbers) if (row(rows)[number] !== seen[number]) marks[number] = 1
      },
      single,
    }
  }
}

/** Whether a reading evaluates pods on their host's network otherwise than the chosen one, and so matters only to them. */
export function isForHosts({ reading }: ReadingRows, { base }: FamilyRows): boolean {
  return reading.hostNetwork !== base.reading.hostNetwork
}
