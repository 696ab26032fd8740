import type { Answer, Nodes } from './answer.js'
import { unsureCells } from './certainty.js'
import type { PodClass } from './classes.js'
import { closeLook } from './close-look.js'
import type { SetId } from './connection-sets.js'
import { exactCertainty } from './exact-certainty.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { outlooks, type Outlook } from './meetings.js'

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** What is open to each class by its number, or may be: certainly no more. Not to be written to. */
  readonly possible: Row
  /** What is open among the ports that are asked about, and how sure that is; `nodes` is null where neither end is a host. */
  to(destination: PodClass, nodes: Nodes | null, asked: SetId): Answer
}

/** Answers for whole rows of class pairs; rows are computed when they are asked for. */
export function answerRows(world: MatrixWorld): (source: PodClass) => AnswerRow {
  const { sets } = world
  const outlookOf = outlooks(world)
  const unsure = unsureCells(world)
  const exact = exactCertainty(world)
  return (source) => {
    const seen = outlookOf(source)
    const open = seenRow(world, seen, ({ rows }) => rows)
    const perhaps = seenRow(world, seen, (base) => base.possible ?? base.rows)
    const possible = withHosts(world, source, perhaps)
    let marks: Uint8Array | undefined
    return {
      possible,
      to(destination, nodes, asked) {
        marks ??= unsure(seen, open, possible)
        if (nodes !== null || marks[destination.number] !== 0)
          return closeLook(world, exact, seen, { destination, nodes }, asked)
        const all = sets.intersect(asked, open[destination.number] ?? sets.none)
        return { open: all, possible: sets.none, certainty: 'certain', note: null, byFamily: [] }
      },
    }
  }
}

/** What rows of the chosen reading have for every class, over some family that it meets the source in. */
function seenRow(
  { classes: { classes }, sets }: MatrixWorld,
  { meetings, row }: Outlook,
  rowsOf: (base: Outlook['meetings'][number]['families'][number]['base']) => Parameters<Outlook['row']>[0],
): Row {
  const byKind = meetings.map(({ families }) => families.map(({ base }) => row(rowsOf(base))))
  const [[only] = []] = byKind
  if (only !== undefined && byKind.every((rows) => rows.every((one) => one === only))) return only
  return Int32Array.from(classes, ({ number, kind }) =>
    (byKind[kind] ?? []).reduce((open, one) => sets.union(open, one[number] ?? sets.none), sets.none),
  )
}

/** Nodes and other readings may open anything at a pod on its host's network: these cells are all looked at. */
function withHosts({ classes: { hosts }, sets }: MatrixWorld, { pod }: PodClass, row: Row): Row {
  if (pod.hostNetwork) return new Int32Array(row.length).fill(sets.all)
  if (hosts.length === 0) return row
  const wider = row.slice()
  for (const { number } of hosts) wider[number] = sets.all
  return wider
}
