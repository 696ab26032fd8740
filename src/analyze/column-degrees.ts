import type { Answer } from '../matrix/answer.js'
import type { PodClass } from '../matrix/classes.js'
import { APART } from '../matrix/turns.js'
import { once } from '../model/once.js'
import type { PortQuestion } from '../query/port.js'
import { setAsked, wantedPorts } from './asked-ports.js'
import type { Matrix } from './class-matrix.js'
import { CLOSED, SURELY_EVERY, SURELY_SOME, UNSETTLED, type DegreeNumbers, type Degrees } from './degrees.js'
import type { Column } from './reach-columns.js'
import type { Said } from './said.js'

/** How much sources open to columns, told source by source. */
export interface ColumnDegrees {
  /** Of a source that is not on its host's network; only to be read until the next one is asked for. */
  of(source: PodClass): Degrees
  /** What the last source says of a column that is not unsettled. */
  saidOf(column: number): Said
}

/** What is said of an answer about a column; null is any, where the same is asked about all. */
export type Saying = (answer: Answer, column: Column | null) => Said

/**
 * Prepares the degrees of some columns where what is said rests on answers only: of port names it depends on the destination
 * which of the ports are asked about, so that what is not certain is unsettled.
 */
export function columnDegrees(
  matrix: Matrix,
  columns: readonly Column[],
  port: PortQuestion,
  degreesOf: DegreeNumbers,
  say: Saying,
): ColumnDegrees {
  const { sets, classes } = matrix
  const { none, all } = sets
  const isSameForAll = port.kind === 'whole-set' || port.kind === 'range'
  const isWhole = wantedPorts(port, null) === null
  const turns = matrix.turns(isSameForAll ? setAsked(sets, port, null) : all)
  const [some, every] = [degreesOf.of(SURELY_SOME), degreesOf.of(SURELY_EVERY)]
  const columnsOf = byClass(columns, classes.classes.length)
  // Sources that are compared with each other have one array of cells, and so of degrees
  const degreesFor = new Map<Int32Array, Degrees>()
  const saidOfAnswer = once((answer: Answer) => say(answer, null))
  let cells: Int32Array = new Int32Array(0)

  function degreeAt(cell: number, column: number): number {
    if (cell === APART || (cell < 0 && !isSameForAll)) return UNSETTLED
    if (cell < 0) return degreesOf.of(saidOfAnswer(turns.answerOf(cell)))
    if (isWhole) return cell === none ? CLOSED : cell === all ? every : some
    return sets.intersect(cell, columns[column]?.asked ?? none) === none ? CLOSED : some
  }

  return {
    of(source) {
      const turn = turns.to(source)
      cells = turn.cells
      const degrees: Degrees = degreesFor.get(cells) ?? new Uint16Array(columns.length)
      degreesFor.set(cells, degrees)
      const { first, list } = columnsOf
      for (const number of turn.changed) {
        const cell = cells[number] ?? APART
        for (let at = first[number] ?? 0; at < (first[number + 1] ?? 0); at++) {
          const column = list[at] ?? 0
          degrees[column] = degreeAt(cell, column)
        }
      }
      return degrees
    },
    saidOf(at) {
      const column = columns[at]
      if (column === undefined) throw new Error(`there is no column ${at}`)
      const { podClass, asked, plain } = column
      const cell = cells[podClass.number] ?? APART
      if (cell < 0) return saidOfAnswer(turns.answerOf(cell))
      const known = plain.get(cell)
      if (known !== undefined) return known
      const open = sets.intersect(cell, asked)
      const told = say({ open, possible: none, certainty: 'certain', note: null, byFamily: [] }, column)
      plain.set(cell, told)
      return told
    },
  }
}

/** The columns of each class: those between two places of a list. */
function byClass(
  columns: readonly Column[],
  classes: number,
): { readonly first: Int32Array; readonly list: Int32Array } {
  const first = new Int32Array(classes + 1)
  for (const { podClass } of columns) first[podClass.number + 1] = (first[podClass.number + 1] ?? 0) + 1
  for (let number = 0; number < classes; number++) first[number + 1] = (first[number + 1] ?? 0) + (first[number] ?? 0)
  const next = first.slice()
  const list = new Int32Array(columns.length)
  for (const [column, { podClass }] of columns.entries()) {
    const at = next[podClass.number] ?? 0
    list[at] = column
    next[podClass.number] = at + 1
  }
  return { first, list }
}
