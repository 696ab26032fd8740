import type { Direction } from '../model/direction.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { sharedFirstMatchRows } from './first-match-views.js'
import type { Row } from './gathering.js'
import { isolationRows } from './isolation.js'
import type { MatrixWorld, View } from './lens.js'
import { lazy } from '../model/once.js'
import { keepingRows } from './other-direction.js'
import { perTier } from './per-tier.js'
import type { TierRows } from './tier-rows.js'

/** Whole rows of answers under one view, and single cells where few are asked. */
export interface Rows {
  /** For each destination class by its number, the ports that both directions open. */
  from(source: PodClass): Row
  /** The same, only to be read until the next source is asked for. */
  glance(source: PodClass): Row
  /** Marks those of some destinations to which something else is open than a row says. */
  markOthers(source: PodClass, row: Row, numbers: Int32Array, marks: Uint8Array): void
  /** One direction of one cell. */
  cell(direction: Direction, source: PodClass, destination: PodClass): SetId
}

/** Folds over the tiers from the last to the first: what one passes on is open where the next has it open (C-1). */
export function rowsUnder(world: MatrixWorld, view: View): Rows {
  const {
    classes: { classes },
    sets,
  } = world
  const { length } = classes
  const rows = perTier<TierRows>(world, view, {
    isolation: (...told) => keepingRows(...told, isolationRows(...told)),
    firstMatch: sharedFirstMatchRows,
  })

  /** Null where everything is open. Only to be read until the next source is asked for, like the other direction. */
  function direction(name: Direction, source: PodClass): Row | null {
    return rows.reduceRight<Row | null>((next, tier) => {
      const row = tier[name](source)
      if (row === null) return next
      const { open, passed } = row
      return passed === null ? open : joined(open, passed, next)
    }, null)
  }

  function joined(open: Row, passed: Row, next: Row | null): Row {
    const { none, all } = sets
    const row = open.slice()
    for (let number = 0; number < length; number++) {
      const left = passed[number] ?? none
      const after = left === none || next === null ? left : (next[number] ?? none)
      if (after === none) continue
      const handed = left === all || left === after ? after : sets.intersect(left, after)
      const opened = open[number] ?? none
      row[number] = opened === none ? handed : sets.union(opened, handed)
    }
    return row
  }

  const everything = lazy((): Row => new Int32Array(length).fill(sets.all))
  const both = lazy((): Row => new Int32Array(length))

  function glance(source: PodClass): Row {
    const [out, into] = [direction('egress', source), direction('ingress', source)]
    if (out === null || into === null) return out ?? into ?? everything()
    const row = both()
    if (sets.isBits) intersectBits(out, into, row)
    else {
      for (let number = 0; number < length; number++) {
        const open = into[number] ?? sets.none
        row[number] = open === sets.none ? open : sets.intersect(out[number] ?? sets.none, open)
      }
    }
    return row
  }

  return {
    cell(name, source, destination) {
      let next = sets.all
      for (let tier = rows.length - 1; tier >= 0; tier -= 1) {
        const said = rows[tier]?.cell(name, source, destination)
        if (said !== undefined) next = sets.union(said.open, sets.intersect(said.passed, next))
      }
      return next
    },
    from: (source) => glance(source).slice(),
    glance,
    markOthers(source, row, numbers, marks) {
      const [out, into] = [direction('egress', source), direction('ingress', source)]
      for (let index = 0; index < numbers.length; index++) {
        const number = numbers[index] ?? 0
        const sent = out === null ? sets.all : (out[number] ?? sets.none)
        const open = sets.intersect(sent, into === null ? sets.all : (into[number] ?? sets.none))
        if (open !== row[number]) marks[number] = 1
      }
    },
  }
}

/** A function of its own, which is compiled far better. */
function intersectBits(one: Row, other: Row, into: Row): void {
  for (let number = 0; number < into.length; number++) into[number] = (one[number] ?? 0) & (other[number] ?? 0)
}
