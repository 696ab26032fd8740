import { lazy } from '../model/once.js'
import { recent } from '../model/recent.js'
import type { Direction } from '../model/direction.js'
import { KEPT_CELLS } from './budget.js'
import type { Classes, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { MatrixWorld, View } from './lens.js'
import type { RowsUnder } from './reading-rows.js'
import { rowsUnder, type Rows } from './rows.js'

/** Rows that are asked for again and again. */
export interface KeptRows extends Rows {
  /** What its policies for a direction open between a subject and each class. Not to be written to. */
  beside(direction: Direction, subject: PodClass): Row
}

/** Rows of a world that others are compared with. */
export function keptRows(world: MatrixWorld): (view: View) => KeptRows {
  const { classes, sets } = world
  const most = mostKept(classes)
  const known = new Map<string, KeptRows>()
  return (view) => {
    const key = JSON.stringify(view)
    const found = known.get(key) ?? kept(rowsUnder(world, view))
    known.set(key, found)
    return found
  }

  function kept(rows: Rows): KeptRows {
    const from = recent(most, (source: PodClass) => rows.from(source))
    const besideIn = (direction: Direction) =>
      recent(most, (subject: PodClass) =>
        Int32Array.from(classes.classes, (peer) => rows.cell(direction, ...endsOf(direction, subject, peer))),
      )
    const known = { ingress: besideIn('ingress'), egress: besideIn('egress') }
    return {
      ...rows,
      from,
      glance: from,
      markOthers: marking(from, sets.none),
      beside: (name, subject) => known[name](subject),
    }
  }
}

/**
 * The rows of a world in which one direction of some subjects is decided otherwise than before, and all else as before. Only
 * cells of these subjects are computed, and a row that stays as it was is the very row of before.
 */
export function changedRows(
  before: (view: View) => KeptRows,
  world: MatrixWorld,
  direction: Direction,
  subjects: readonly PodClass[],
): RowsUnder {
  const { sets, classes } = world
  const changed = new Set(subjects.map(({ number }) => number))
  return (view) => {
    const old = before(view)
    const now = lazy(() => rowsUnder(world, view))

    /** By the number of each source, the cells of its row that the direction opens otherwise. */
    const otherCells = lazy(() => {
      const found = new Map<number, { readonly destination: PodClass; readonly opened: SetId }[]>()
      for (const subject of subjects) {
        const beside = old.beside(direction, subject)
        for (const peer of classes.classes) {
          const source = direction === 'egress' ? subject : peer
          const destination = direction === 'egress' ? peer : subject
          const opened = now().cell(direction, source, destination)
          if (opened === beside[peer.number]) continue
          const cells = found.get(source.number)
          if (cells === undefined) found.set(source.number, [{ destination, opened }])
          else cells.push({ destination, opened })
        }
      }
      return found
    })

    const changedRow = recent(mostKept(classes), (source: PodClass): Row => {
      const row = old.from(source)
      let own: Row | null = null
      for (const { destination, opened } of otherCells().get(source.number) ?? []) {
        const { number } = destination
        const both = sets.intersect(opened, old.cell(OTHER[direction], source, destination))
        if (both === row[number]) continue
        own ??= row.slice()
        own[number] = both
      }
      return own ?? row
    })
    const from = (source: PodClass) => (otherCells().has(source.number) ? changedRow(source) : old.from(source))

    return {
      from,
      glance: from,
      markOthers: marking(from, sets.none),
      cell(name, source, destination) {
        const subject = name === 'egress' ? source : destination
        return (name === direction && changed.has(subject.number) ? now() : old).cell(name, source, destination)
      },
    }
  }
}

function mostKept({ classes }: Classes): number {
  return Math.max(8, Math.floor(KEPT_CELLS / Math.max(1, classes.length)))
}

const OTHER: Readonly<Record<Direction, Direction>> = { ingress: 'egress', egress: 'ingress' }

function endsOf(direction: Direction, subject: PodClass, peer: PodClass): readonly [PodClass, PodClass] {
  return direction === 'egress' ? [subject, peer] : [peer, subject]
}

/** Marks those of some destinations for which a row has another set than the one that is given. */
function marking(from: Rows['from'], none: SetId): Rows['markOthers'] {
  return (source, row, numbers, marks) => {
    const own = from(source)
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index] ?? 0
      if ((own[number] ?? none) !== row[number]) marks[number] = 1
    }
  }
}
