import type { Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'
import { certaintyOf, unsureCells } from './certainty.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { exactCertainty } from './exact-certainty.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import type { FamilyRows } from './reading-rows.js'
import { outlooks, type Outlook } from './meetings.js'

/** What pods of one class may open to pods of another, and how sure that is. */
export interface Answer {
  readonly open: SetId
  readonly certainty: Certainty
  /** Why the answer is unsure, where that is a matter of address families. */
  readonly note: 'no-shared-family' | 'families-differ' | null
  /** What is open over each family, where that differs; `open` is then what all of them open, perhaps nothing. */
  readonly byFamily: readonly FamilyAnswer[]
}

/** What is open over one family. */
export interface FamilyAnswer {
  readonly family: Family
  readonly open: SetId
  readonly certainty: Certainty
}

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** Open ports per destination class, over any address family; ignores the own-node exemption. Not to be written to. */
  readonly open: Row
  /** Whether that is certain and the same over every family, whatever ports are asked about. */
  isCertain(number: number): boolean
  /**
   * What is open among the ports that are asked about, and how sure that is. Between pods on one node, a source on its
   * host's network is let in whatever the policies.
   */
  to(destination: PodClass, onOwnNode: boolean, asked: SetId): Answer
}

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export function answerRows(world: MatrixWorld): (source: PodClass) => AnswerRow {
  const { sets } = world
  const outlookOf = outlooks(world)
  const unsure = unsureCells(world)
  const exact = exactCertainty(world)
  return (source) => {
    const seen = outlookOf(source)
    const open = openRow(world, seen)
    let marks: Uint8Array | undefined
    const isCertain = (number: number): boolean => (marks ??= unsure(seen, open))[number] === 0
    return {
      open,
      isCertain,
      to(destination, onOwnNode, asked) {
        if (onOwnNode || !isCertain(destination.number))
          return closeLook(world, exact, seen, destination, onOwnNode, asked)
        return plain(sets.intersect(asked, open[destination.number] ?? sets.none), 'certain', null)
      },
    }
  }
}

function plain(open: SetId, certainty: Certainty, note: Answer['note']): Answer {
  return { open, certainty, note, byFamily: [] }
}

/** What is open to every class over some family that it meets the source in. */
function openRow({ classes: { classes }, sets }: MatrixWorld, { meetings, row }: Outlook): Row {
  const byKind = meetings.map(({ families }) => families.map(({ base }) => row(base.rows)))
  const [[only] = []] = byKind
  if (only !== undefined && byKind.every((rows) => rows.every((one) => one === only))) return only
  return Int32Array.from(classes, ({ number, kind }) =>
    (byKind[kind] ?? []).reduce((open, one) => sets.union(open, one[number] ?? sets.none), sets.none),
  )
}

/** The answer of one cell, in every family and under every reading. */
function closeLook(
  world: MatrixWorld,
  exact: ReturnType<typeof exactCertainty>,
  seen: Outlook,
  destination: PodClass,
  onOwnNode: boolean,
  asked: SetId,
): Answer {
  const { sets } = world
  const { families = [], shared = true } = seen.meetings[destination.kind] ?? {}
  const values = families.map(({ base: { rows } }) =>
    sets.intersect(asked, onOwnNode ? seen.single(rows, destination, true) : seen.cell(rows, destination)),
  )
  const open = values.reduce(sets.intersect, asked)
  const certain = (some: readonly FamilyRows[], value: SetId): Certainty => {
    const found = certaintyOf(world, seen, some, value, { destination, onOwnNode })
    if (found !== 'indeterminate' || onOwnNode) return found
    const cell = { source: seen.source, destination, families: some.map(({ family }) => family), open: value }
    return exact(cell) ?? found
  }
  if (values.some((value) => value !== open)) {
    const byFamily = families.flatMap((rows, index): readonly FamilyAnswer[] => {
      const value = values[index] ?? sets.none
      if (rows.family === null || value === sets.none) return []
      return [{ family: rows.family, open: value, certainty: certain([rows], value) }]
    })
    return { open, certainty: 'indeterminate', note: 'families-differ', byFamily }
  }
  if (open === sets.none) return plain(open, 'certain', null)
  if (!shared) return plain(open, 'indeterminate', 'no-shared-family')
  return plain(open, certain(families, open), null)
}
