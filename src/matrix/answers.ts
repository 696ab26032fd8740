import { meetingOf } from '../engine/families.js'
import { chosenReading, type Reading } from '../engine/readings.js'
import type { Family } from '../net/address.js'
import type { Certainty } from '../model/verdict.js'
import { hasBlocks, hasDoubts, type PodClass } from './classes.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
import { lensOf, type MatrixWorld } from './lens.js'
import { rowsUnder, type Rows } from './rows.js'
import { cellOf, type SparseRow } from './sparse-row.js'

/** What pods of one class may open to pods of another, and how sure that is. */
export interface Answer {
  readonly open: SetId
  readonly certainty: Certainty
  /** Why the answer is unsure, where that is a matter of address families. */
  readonly note: 'no-shared-family' | 'families-differ' | null
}

/** The answers from one source class to all classes. */
export interface AnswerRow {
  /** What is open to each class by its number, pods on one node aside. */
  readonly open: SparseRow
  /**
   * What is open among the ports that are asked about, and how sure that is. Between pods on one node, a source on its
   * host's network is let in whatever the policies.
   */
  to(destination: PodClass, onOwnNode: boolean, asked: SetId): Answer
}

/** Rows under one reading: as things stand, and what holds whatever the input leaves open. */
interface ReadingRows {
  readonly reading: Reading
  readonly rows: Rows
  readonly sure: Rows | null
}

/** Both directions from one source, under one lens. */
interface SourceRows {
  readonly egress: ReturnType<Rows['egress']>
  readonly ingress: SparseRow
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

  const meet = (source: PodClass, kind: number): Meeting => {
    const example = classes.kinds[kind] ?? source
    const { families, shared } = meetingOf(source.families, example.families, null)
    return { shared, families: families.map(readingsUnder) }
  }
  const answers = new Map<string, Map<SetId, Answer>>()
  const kept = (open: SetId, certainty: Certainty, note: Answer['note']): Answer => {
    const alike = answers.get(note ?? certainty) ?? new Map<SetId, Answer>()
    answers.set(note ?? certainty, alike)
    const answer = alike.get(open) ?? { open, certainty, note }
    alike.set(open, answer)
    return answer
  }

  return (source) => {
    const remembered = new Map<Rows, SourceRows>()
    const rowsOf = (rows: Rows): SourceRows => {
      const known = remembered.get(rows) ?? { egress: rows.egress(source), ingress: rows.ingress(source) }
      remembered.set(rows, known)
      return known
    }
    const whole = (rows: Rows, { number }: PodClass, onOwnNode: boolean): SetId => {
      const { egress, ingress } = rowsOf(rows)
      const out = cellOf(egress, number)
      return onOwnNode ? out : sets.intersect(out, cellOf(ingress, number))
    }
    const single = (rows: Rows, destination: PodClass, onOwnNode: boolean): SetId => {
      const out = rows.cell('egress', source, destination)
      return onOwnNode ? out : sets.intersect(out, rows.cell('ingress', source, destination))
    }
    const meetings = classes.kinds.map(({ kind }) => meet(source, kind))
    /** Indeterminate where some open port stays open under a reading but not surely; undefined where one closes it. */
    const certaintyAt = (open: SetId, { families }: Meeting, destination: PodClass, onOwnNode: boolean): Certainty => {
      const onHost = source.pod.hostNetwork || destination.pod.hostNetwork
      let certainty: Certainty = 'certain'
      for (const readingsOfFamily of families) {
        for (const { reading, rows, sure } of readingsOfFamily) {
          const other = reading.hostNetwork !== readings[0]?.hostNetwork
          if (other && !onHost) continue
          // Few destinations are on their host's network: their cells are computed one by one
          const look = other && !source.pod.hostNetwork ? single : whole
          const value = look(rows, destination, onOwnNode)
          const found = judge(sets, open, value, sure === null ? value : look(sure, destination, onOwnNode))
          if (found === 'indeterminate') return found
          if (found === 'undefined') certainty = found
        }
      }
      return certainty
    }
    return {
      open: openRow(
        world,
        meetings.map(({ families }) => families.map(([base = unread()]) => rowsOf(base.rows))),
      ),
      to(destination, onOwnNode, asked) {
        const meeting = meetings[destination.kind] ?? unread()
        let open = sets.all
        let differ = false
        for (const [index, [base = unread()]] of meeting.families.entries()) {
          const value = sets.intersect(asked, whole(base.rows, destination, onOwnNode))
          if (index > 0 && value !== open) differ = true
          open = sets.intersect(open, value)
        }
        if (open === sets.none) return kept(open, 'certain', null)
        if (!meeting.shared) return kept(open, 'indeterminate', 'no-shared-family')
        if (differ) return kept(open, 'indeterminate', 'families-differ')
        return kept(open, certaintyAt(open, meeting, destination, onOwnNode), null)
      },
    }
  }
}

/** What is open to every class: in each family, both directions. Most of the time is spent here. */
function openRow(
  { classes: { classes }, sets }: MatrixWorld,
  rowsOfKinds: readonly (readonly SourceRows[])[],
): SparseRow {
  const byKind = rowsOfKinds.map((families) => {
    const rows = families.map((row) => bothWays(sets, row))
    const [first, ...others] = rows
    return others.length === 0 && first !== undefined ? first : common(classes, sets, rows)
  })
  const [only] = byKind
  if (only !== undefined && byKind.length === 1) return only
  const base = Int32Array.from(classes, ({ number, kind }) => cellOf(byKind[kind] ?? unread(), number))
  return { base, changes: new Map() }
}

/** What both directions open; where the source is isolated, only the destinations that it names are looked at. */
function bothWays(sets: ConnectionSets, { egress, ingress }: SourceRows): SparseRow {
  if (egress.free) return ingress
  const changes = new Map<number, SetId>()
  for (const [number, out] of egress.changes) changes.set(number, sets.intersect(out, cellOf(ingress, number)))
  return { base: egress.base, changes }
}

function common(classes: readonly PodClass[], sets: ConnectionSets, rows: readonly SparseRow[]): SparseRow {
  const base = Int32Array.from(classes, ({ number }) =>
    rows.reduce((open, row) => sets.intersect(open, cellOf(row, number)), sets.all),
  )
  return { base, changes: new Map() }
}

function unread(): never {
  throw new Error('there is always one reading')
}

/** What a reading says of open ports: whether it keeps them open, and whether surely. */
export function judge(sets: ConnectionSets, open: SetId, value: SetId, sure: SetId): Certainty {
  const kept = sets.intersect(open, value)
  if (!sets.covers(sure, kept)) return 'indeterminate'
  return kept === open ? 'certain' : 'undefined'
}

/** How two kinds of classes meet: the rows of every reading in each family. */
interface Meeting {
  readonly families: readonly (readonly ReadingRows[])[]
  readonly shared: boolean
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
