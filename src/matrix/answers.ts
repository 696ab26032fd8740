import type { Answer, FamilyOpen, Nodes } from './answer.js'
import { cellKinds, type CellKinds } from './cell-kinds.js'
import { rowsBeside, unsureCells } from './certainty.js'
import { hasDoubts, type PodClass } from './classes.js'
import { closeLook, openIn } from './close-look.js'
import type { SetId } from './connection-sets.js'
import { exactCertainty, type ExactCertainty } from './exact-certainty.js'
import type { Row } from './gathering.js'
import { fewDestinations, type MatrixWorld } from './lens.js'
import { meetingsIn, outlooks, rowsIn, type Meeting, type Outlook } from './meetings.js'
import { openRow, possibleCell, possibleRow } from './possible-rows.js'
import type { RowsUnder } from './reading-rows.js'
import type { Rows } from './rows.js'
import { turnsOver, type Turns } from './turns.js'
import { lazy, once } from '../model/once.js'

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** What is open to each class by its number, or may be: certainly no more. Not to be written to. */
  readonly possible: Row
  /** What is open to each class where that is certain and all there is to say; -1 where `to` looks closer. Not to be written to. */
  readonly settled: () => Row
  /** What is open to each class as things stand; -1 where families differ or nodes may have a say, so that `opened` is to be asked. Not to be written to. */
  readonly plain: () => Row
  /** What is open as things stand over each family that both ends have; null where the input does not say which. */
  opened(destination: PodClass, nodes: Nodes | null): readonly FamilyOpen[]
  /** The same without making the row, for who asks about few cells of it. */
  cell(destination: PodClass, nodes: Nodes | null): readonly FamilyOpen[]
  /** What is open to a class, or may be, over each family, where neither end is a host: certainly no more. Made without the row. */
  possibleCell(destination: PodClass): readonly FamilyOpen[]
  /** What is open among the ports that are asked about, and how sure that is; `nodes` is null where neither end is a host. */
  to(destination: PodClass, nodes: Nodes | null, asked: SetId): Answer
}

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export interface AnswerRows {
  readonly of: (source: PodClass) => AnswerRow
  /** `settled` of a row where nothing needs a closer look, without what else an answer row can tell; else null. Not to be written to. */
  settled(source: PodClass): Row | null
  /** The same answers for who goes from source to source, about the ports that are asked about. */
  readonly turns: (asked: SetId, mostAnswers?: number) => Turns
}

/** Prepares the rows of a cluster. */
export function answerRows(world: MatrixWorld, under?: RowsUnder): AnswerRows {
  const { sets } = world
  const meetingsOf = meetingsIn(world, under)
  const outlookOf = outlooks(world, meetingsOf)
  const unsure = unsureCells(world)
  const exact = exactCertainty(world)
  const look = closeLooks(world, exact)
  const isByCells = fewDestinations(world) !== null
  const onlyRows = {
    host: once((meetings: readonly Meeting[]) => onlyRowsOf(world, meetings, true)),
    other: once((meetings: readonly Meeting[]) => onlyRowsOf(world, meetings, false)),
  }

  const only = (source: PodClass) => onlyRows[source.pod.hostNetwork ? 'host' : 'other'](meetingsOf(source))

  function of(source: PodClass): AnswerRow {
    const seen = outlookOf(source)
    const open = lazy(() => openRow(world, seen))
    const possible = lazy(() => possibleRow(world, seen))
    const marks = lazy(() => unsure(seen, open(), possible()))
    const lookAt = look(seen)
    return {
      get possible() {
        return possible()
      },
      plain: lazy(() => plainRow(world, seen)),
      settled: lazy(() => withoutMarked(open(), marks())),
      opened(destination, nodes) {
        const { families = [] } = seen.meetings[destination.kind] ?? {}
        return families.map((rows) => ({ family: rows.family, open: openIn(seen, rows, { destination, nodes }) }))
      },
      cell(destination, nodes) {
        const { families = [] } = seen.meetings[destination.kind] ?? {}
        return families.map(({ family, base }) => {
          return { family, open: seen.single(base.rows, destination, nodes?.letsIn === true) }
        })
      },
      possibleCell(destination) {
        return possibleCell(world, seen, destination)
      },
      to(destination, nodes, asked) {
        if (nodes !== null || (marks()?.[destination.number] ?? 0) !== 0) return lookAt(destination, nodes, asked)
        const all = sets.intersect(asked, open()[destination.number] ?? sets.none)
        return { open: all, possible: sets.none, certainty: 'certain', note: null, byFamily: [] }
      },
    }
  }

  return {
    of,
    settled: (source) => (isByCells ? null : (only(source)?.from(source) ?? null)),
    turns: (asked, mostAnswers) => turnsOver(world, outlookOf, asked, mostAnswers),
  }
}

/** The rows that say all there is to say of what some sources meet; null where others may see it otherwise. */
function onlyRowsOf({ classes }: MatrixWorld, meetings: readonly Meeting[], onHost: boolean): Rows | null {
  const [only] = meetings[0]?.families ?? []
  if (only === undefined || classes.hosts.length > 0) return null
  const { rows } = only.base
  const isOnly = (meeting: Meeting) =>
    meeting.shared &&
    meeting.families.every(({ base }) => base.rows === rows) &&
    rowsBeside(meeting, onHost).length === 0
  return meetings.every(isOnly) ? rows : null
}

/** Between hosts it matters on which node pods are, and where families differ each of them is told. */
function plainRow({ classes: { classes, hosts } }: MatrixWorld, { source, meetings, row }: Outlook): Row {
  const plain = new Int32Array(classes.length).fill(-1)
  if (source.pod.hostNetwork) return plain
  const byKind = meetings.map(({ families }) => [...new Set(families.map(({ base }) => row(base.rows)))])
  const [[only] = []] = byKind
  if (only !== undefined && hosts.length === 0 && byKind.flat().every((one) => one === only)) return only
  // Rows can be made for thousands of sources, with thousands of cells each
  for (let number = 0; number < plain.length; number++) {
    const one = classes[number]
    const rows = one === undefined || one.pod.hostNetwork ? undefined : byKind[one.kind]
    const value = rows?.[0]?.[number] ?? -1
    if (rows !== undefined && hasAll(rows, number, value)) plain[number] = value
  }
  return plain
}

function hasAll(rows: readonly Row[], number: number, value: number): boolean {
  for (const row of rows) if (row[number] !== value) return false
  return true
}

function withoutMarked(open: Row, marks: Uint8Array | null): Row {
  if (marks === null) return open
  const settled = new Int32Array(open.length)
  for (let number = 0; number < open.length; number++) settled[number] = marks[number] === 0 ? (open[number] ?? -1) : -1
  return settled
}

/** Looks closely at cells; those that have the same ports in every family and under every reading have one answer. */
function closeLooks(
  world: MatrixWorld,
  exact: ExactCertainty,
): (seen: Outlook) => (destination: PodClass, nodes: Nodes | null, asked: SetId) => Answer {
  const isDoubted = hasDoubts(world.classes)
  const known = new Map<string, CellKinds<Answer>>()
  return (seen) => {
    const rowsOf = seen.meetings.map((meeting) => lazy(() => rowsIn(meeting).map(seen.row)))
    const kindsOf = seen.meetings.map(() => new Map<SetId, CellKinds<Answer>>())
    return (destination, nodes, asked) => {
      const { kind, number } = destination
      const rows = rowsOf[kind]?.()
      // Where labels are unknown, and between hosts, it depends on which pods these are
      if (isDoubted || nodes !== null || rows === undefined) {
        return closeLook(world, exact, seen, { destination, nodes }, asked)
      }
      let kinds = kindsOf[kind]?.get(asked)
      if (kinds === undefined) {
        const key = `${seen.source.kind} ${kind} ${asked}`
        kinds = known.get(key) ?? cellKinds(rows.length)
        known.set(key, kinds)
        kindsOf[kind]?.set(asked, kinds)
      }
      const found = kinds.find(rows, number)
      if (found !== undefined) return found
      const answer = closeLook(world, exact, seen, { destination, nodes }, asked)
      kinds.keep(rows, number, answer)
      return answer
    }
  }
}
