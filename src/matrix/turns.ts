import type { Answer } from './answer.js'
import { cellBudget } from './budget.js'
import { cellKinds, type CellKinds } from './cell-kinds.js'
import { hasDoubts, type PodClass } from './classes.js'
import { closeLook } from './close-look.js'
import type { SetId } from './connection-sets.js'
import { exactCertainty } from './exact-certainty.js'
import type { Row } from './gathering.js'
import { fewDestinations, type MatrixWorld } from './lens.js'
import { rowsIn, type Outlook } from './meetings.js'
import type { Rows } from './rows.js'

/** A cell that is looked at by itself: it depends on which pods these are, or on their nodes. */
export const APART = -1

/** What is open from a source; only to be read until the next one is asked for. */
export interface Turn {
  /**
   * By the number of a class: the set that is open to it where that is certain and all there is to say, `APART`, or below that
   * what {@link Turns.answerOf} knows. One array for all sources that may be compared with each other.
   */
  readonly cells: Int32Array
  /** The numbers of the classes whose cells may not be what they were when `cells` was given last. */
  readonly changed: Int32Array
}

/** Goes from source to source, and looks only at cells in which one differs from the last one of its kind: these are mostly few. */
export interface Turns {
  /** Goes on to a source that is not on its host's network; what is said of those that are rests on nodes. */
  readonly to: (source: PodClass) => Turn
  /** The answer that a number below `APART` stands for, until the next source is asked for. */
  readonly answerOf: (cell: number) => Answer
}

/** What sources of one kind meet, and what the last of them had. */
interface Sight {
  readonly rows: readonly Rows[]
  /** By the same places, the cells of each of the rows. */
  readonly before: readonly Row[]
  readonly ways: readonly Way[]
  readonly cells: Int32Array
  readonly isChanged: Uint8Array
  /** False where `cells` are not those of `before`: at first, and where a turn did not come to its end. */
  isCurrent: boolean
}

/** How sources of a kind meet the destinations of one. */
interface Way {
  readonly isShared: boolean
  readonly among: readonly Row[]
  kinds: CellKinds<number>
}

/** So many answers are kept before it begins anew. */
const MOST_ANSWERS = 200_000
/** Comparing a row with another takes this part of what its cells take; finding the kind of a cell, and a new answer, so many. */
const CELLS_OF_A_COMPARISON = 1 / 4
const CELLS_OF_A_KIND = 8
const CELLS_OF_AN_ANSWER = 400

/** Prepares the turns of a matrix, with answers about the ports that are asked about. */
export function turnsOver(
  world: MatrixWorld,
  outlookOf: (source: PodClass) => Outlook,
  asked: SetId,
  mostAnswers = MOST_ANSWERS,
): Turns {
  const {
    classes: { classes },
    sets,
  } = world
  const spend = cellBudget(world)
  const exact = exactCertainty(world)
  const isDoubted = hasDoubts(world.classes)
  const isByCells = fewDestinations(world) !== null
  const kindAt = new Int32Array(classes.length).fill(-1)
  for (const { number, kind, pod } of world.destinations ?? classes) if (!pod.hostNetwork) kindAt[number] = kind
  const sights: Sight[] = []
  const answers: Answer[] = []
  const changed = new Int32Array(classes.length)
  /** Who asks again for what was forgotten has paid for it: lines are told in the order of names, and not of kinds. */
  const paid = new Set<PodClass>()

  function sightFrom({ meetings }: Outlook): Sight {
    const rows = [...new Set(meetings.flatMap(rowsIn))]
    const before = rows.map((): Row => new Int32Array(classes.length))
    const ways = meetings.map((meeting): Way => {
      const among = rowsIn(meeting).map((one) => before[rows.indexOf(one)] ?? new Int32Array(classes.length))
      return { isShared: meeting.shared, among, kinds: cellKinds(among.length) }
    })
    const { length } = classes
    const cells = new Int32Array(length).fill(APART)
    return { rows, before, ways, cells, isChanged: new Uint8Array(length), isCurrent: false }
  }

  /** Answers of which there are too many are forgotten, and with them what the sources before had. */
  function beginAnew(): void {
    answers.length = 0
    for (const sight of sights) {
      sight.isCurrent = false
      for (const way of sight.ways) way.kinds = cellKinds(way.among.length)
    }
  }

  function cellAt(number: number, way: Way, seen: Outlook): number {
    const { among, isShared } = way
    const set = among[0]?.[number] ?? sets.none
    if (isAlike(among, number) && (isShared || set === sets.none)) return set
    // Where labels are unknown, it depends on which pods these are
    if (isDoubted) return APART
    if (!paid.has(seen.source)) spend(CELLS_OF_A_KIND)
    let found = way.kinds.find(among, number)
    if (found === undefined) {
      spend(CELLS_OF_AN_ANSWER)
      const destination = classes[number]
      if (destination === undefined) return APART
      found = APART - answers.push(closeLook(world, exact, seen, { destination, nodes: null }, asked))
      way.kinds.keep(among, number, found)
    }
    return found
  }

  return {
    to(source) {
      if (answers.length > mostAnswers) beginAnew()
      const outlook = outlookOf(source)
      const sight = (sights[source.kind] ??= sightFrom(outlook))
      const { rows, before, ways, cells, isChanged, isCurrent } = sight
      sight.isCurrent = false
      if (!paid.has(source)) spend(Math.ceil(rows.length * classes.length * CELLS_OF_A_COMPARISON))
      let count = 0
      for (let at = 0; at < rows.length; at++) {
        const [one, last] = [rows[at], before[at]]
        if (one === undefined || last === undefined) continue
        const row = isByCells ? outlook.row(one) : one.glance(source)
        count = takeOthers(row, last, isChanged, changed, count)
      }
      if (!isCurrent) {
        count = changed.length
        for (let number = 0; number < count; number++) changed[number] = number
      }
      const rowOf = (one: Rows): Row => before[rows.indexOf(one)] ?? outlook.row(one)
      const seen: Outlook = { ...outlook, row: rowOf, cell: (one, { number }) => rowOf(one)[number] ?? sets.none }
      for (let index = 0; index < count; index++) {
        const number = changed[index] ?? 0
        isChanged[number] = 0
        const way = ways[kindAt[number] ?? -1]
        if (way !== undefined) cells[number] = cellAt(number, way, seen)
      }
      sight.isCurrent = true
      paid.add(source)
      return { cells, changed: changed.subarray(0, count) }
    },
    answerOf(cell) {
      const answer = answers[APART - 1 - cell]
      if (answer === undefined) throw new Error(`no answer has the number ${cell}`)
      return answer
    },
  }
}

function isAlike(rows: readonly Row[], column: number): boolean {
  const first = rows[0]?.[column]
  for (let at = 1; at < rows.length; at++) if (rows[at]?.[column] !== first) return false
  return true
}

/** Writes a row over another one, and adds where it differs to what has changed; a function of its own, which is compiled far better. */
function takeOthers(row: Row, into: Row, isChanged: Uint8Array, changed: Int32Array, from: number): number {
  let count = from
  for (let number = 0; number < row.length; number++) {
    const set = row[number] ?? 0
    if (set === into[number]) continue
    into[number] = set
    if (isChanged[number] === 0) {
      isChanged[number] = 1
      changed[count++] = number
    }
  }
  return count
}
