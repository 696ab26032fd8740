import { meetingOf } from '../engine/families.js'
import type { Certainty } from '../model/verdict.js'
import { once } from '../model/once.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { judge, readingRows, type ReadingRows } from './reading-rows.js'
import type { Rows } from './rows.js'

/** What pods of one class may open to pods of another, and how sure that is. */
export interface Answer {
  readonly open: SetId
  readonly certainty: Certainty
  /** Why the answer is unsure, where that is a matter of address families. */
  readonly note: 'no-shared-family' | 'families-differ' | null
}

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** What is open to each class by its number, pods on one node aside. Not to be written to. */
  readonly open: Row
  /** Whether that is certain, whatever ports are asked about. */
  isCertain(number: number): boolean
  /**
   * What is open among the ports that are asked about, and how sure that is. Between pods on one node, a source on its
   * host's network is let in whatever the policies.
   */
  to(destination: PodClass, onOwnNode: boolean, asked: SetId): Answer
}

/** How a source meets the classes of one kind: the rows of every reading in each family. */
interface Meeting {
  readonly families: readonly (readonly ReadingRows[])[]
  readonly shared: boolean
}

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export function answerRows(world: MatrixWorld): (source: PodClass) => AnswerRow {
  const { sets } = world
  const { classes, kinds } = world.classes
  const under = readingRows(world)
  const numbersOf = kinds.map(({ kind }) =>
    Int32Array.from(
      classes.filter((one) => one.kind === kind),
      ({ number }) => number,
    ),
  )
  const scratch = new Int32Array(classes.length)
  const onHost = classes.filter(({ pod }) => pod.hostNetwork).map(({ number }) => number)

  return (source) => {
    const meetings = kinds.map(({ families: known }): Meeting => {
      const { families, shared } = meetingOf(source.families, known, null)
      return { shared, families: families.map(under) }
    })
    const rowUnder = once((rows: Rows): Row => rows.from(source))
    const cellAt = (rows: Rows, { number }: PodClass): SetId => rowUnder(rows)[number] ?? sets.none
    /** For the few destinations of which most sources need no row. */
    const single = (rows: Rows, destination: PodClass, onOwnNode: boolean): SetId => {
      const out = rows.cell('egress', source, destination)
      return onOwnNode ? out : sets.intersect(out, rows.cell('ingress', source, destination))
    }
    /** Whether a reading judges pods on their host's network otherwise than the first one, and so matters only to them. */
    const isForHosts = ({ reading }: ReadingRows, [base]: readonly ReadingRows[]): boolean =>
      reading.hostNetwork !== base?.reading.hostNetwork

    function openRow(): Row {
      const byKind = meetings.map(({ families }) => families.map(([base = unread()]) => rowUnder(base.rows)))
      const [[only] = []] = byKind
      if (only !== undefined && byKind.every((rows) => rows.every((row) => row === only))) return only
      const joined: Row = new Int32Array(classes.length).fill(sets.all)
      for (const [kind, rows] of byKind.entries()) {
        for (const row of rows) {
          for (const number of numbersOf[kind] ?? []) {
            joined[number] = sets.intersect(joined[number] ?? sets.all, row[number] ?? sets.none)
          }
        }
      }
      return joined
    }

    /**
     * Marks the open cells that a family or a reading may see otherwise; what is open in the others is certain, whatever
     * ports are asked about.
     */
    function marked(): Uint8Array {
      const marks = new Uint8Array(classes.length)
      for (const [kind, { families, shared }] of meetings.entries()) {
        const looks = families.flatMap((readings, index) =>
          readings
            .filter((one) => source.pod.hostNetwork || !isForHosts(one, readings))
            .flatMap(({ rows, sure }) => [rows, ...(sure === null ? [] : [sure])])
            .slice(index === 0 && families.length === 1 ? 1 : 0),
        )
        if (shared && looks.length === 0) continue
        const numbers = without(open, sets.none, numbersOf[kind] ?? new Int32Array(), scratch)
        if (!shared) for (const number of numbers) marks[number] = 1
        for (const rows of looks) rows.markOthers(source, open, numbers, marks)
      }
      if (
        meetings.some(({ families }) => families.some((readings) => readings.some((one) => isForHosts(one, readings))))
      ) {
        for (const number of onHost) marks[number] = 1
      }
      return marks
    }

    /** Indeterminate where some open port stays open under a reading but not surely; undefined where one closes it. */
    function certaintyAt(value: SetId, { families }: Meeting, destination: PodClass, onOwnNode: boolean): Certainty {
      const isHost = source.pod.hostNetwork || destination.pod.hostNetwork
      let certainty: Certainty = 'certain'
      for (const readings of families) {
        for (const one of readings) {
          const forHosts = isForHosts(one, readings)
          if (forHosts && !isHost) continue
          const isSingle = onOwnNode || (forHosts && !source.pod.hostNetwork)
          const look = (rows: Rows) => (isSingle ? single(rows, destination, onOwnNode) : cellAt(rows, destination))
          const seen = look(one.rows)
          const found = judge(sets, value, seen, one.sure === null ? seen : look(one.sure))
          if (found === 'indeterminate') return found
          if (found === 'undefined') certainty = found
        }
      }
      return certainty
    }

    function unsettled(destination: PodClass, onOwnNode: boolean, asked: SetId): Answer {
      const meeting = meetings[destination.kind] ?? unread()
      const values = meeting.families.map(([base = unread()]) =>
        sets.intersect(asked, onOwnNode ? single(base.rows, destination, true) : cellAt(base.rows, destination)),
      )
      const value = values.reduce(sets.intersect, asked)
      if (value === sets.none) return { open: value, certainty: 'certain', note: null }
      if (!meeting.shared) return { open: value, certainty: 'indeterminate', note: 'no-shared-family' }
      if (values.some((one) => one !== value))
        return { open: value, certainty: 'indeterminate', note: 'families-differ' }
      return { open: value, certainty: certaintyAt(value, meeting, destination, onOwnNode), note: null }
    }

    const open = openRow()
    let marks: Uint8Array | undefined
    const isCertain = (number: number): boolean => (marks ??= marked())[number] === 0
    return {
      open,
      isCertain,
      to(destination, onOwnNode, asked) {
        if (onOwnNode || !isCertain(destination.number)) return unsettled(destination, onOwnNode, asked)
        return { open: sets.intersect(asked, open[destination.number] ?? sets.none), certainty: 'certain', note: null }
      },
    }
  }
}

/** Those of some numbers at which a row has another set, in a place for so many. */
function without(row: Row, set: SetId, numbers: Int32Array, found: Int32Array): Int32Array {
  let count = 0
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0
    if (row[number] !== set) found[count++] = number
  }
  return found.subarray(0, count)
}

function unread(): never {
  throw new Error('there is always one reading')
}
