import type { Certainty } from '../model/verdict.js'
import { certaintyOf, unsureCells } from './certainty.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { outlooks, type Outlook } from './meetings.js'

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

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export function answerRows(world: MatrixWorld): (source: PodClass) => AnswerRow {
  const { sets } = world
  const outlookOf = outlooks(world)
  const unsure = unsureCells(world)
  return (source) => {
    const seen = outlookOf(source)
    const open = openRow(world, seen)
    let marks: Uint8Array | undefined
    const isCertain = (number: number): boolean => (marks ??= unsure(seen, open))[number] === 0
    return {
      open,
      isCertain,
      to(destination, onOwnNode, asked) {
        if (onOwnNode || !isCertain(destination.number)) return closeLook(world, seen, destination, onOwnNode, asked)
        return { open: sets.intersect(asked, open[destination.number] ?? sets.none), certainty: 'certain', note: null }
      },
    }
  }
}

/** What is open to every class: in each family that it meets the source in. */
function openRow({ classes: { classes }, sets }: MatrixWorld, { meetings, row }: Outlook): Row {
  const byKind = meetings.map(({ families }) => families.map(({ base }) => row(base.rows)))
  const [[only] = []] = byKind
  if (only !== undefined && byKind.every((rows) => rows.every((one) => one === only))) return only
  return Int32Array.from(classes, ({ number, kind }) =>
    (byKind[kind] ?? []).reduce((open, one) => sets.intersect(open, one[number] ?? sets.none), sets.all),
  )
}

/** The answer of one cell, in every family and under every reading. */
function closeLook(world: MatrixWorld, seen: Outlook, destination: PodClass, onOwnNode: boolean, asked: SetId): Answer {
  const { sets } = world
  const { families = [], shared = true } = seen.meetings[destination.kind] ?? {}
  const values = families.map(({ base: { rows } }) =>
    sets.intersect(asked, onOwnNode ? seen.single(rows, destination, true) : seen.cell(rows, destination)),
  )
  const open = values.reduce(sets.intersect, asked)
  if (open === sets.none) return { open, certainty: 'certain', note: null }
  if (!shared) return { open, certainty: 'indeterminate', note: 'no-shared-family' }
  if (values.some((value) => value !== open)) return { open, certainty: 'indeterminate', note: 'families-differ' }
  return { open, certainty: certaintyOf(world, seen, open, destination, onOwnNode), note: null }
}
