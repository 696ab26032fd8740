import { DIRECTIONS, otherDirection, type Direction } from '../model/direction.js'
import { FAMILIES } from '../net/address.js'
import { wholeFamily } from '../net/ranges.js'
import type { ClassPolicy, PodClass } from './classes.js'
import type { Lens, MatrixWorld } from './lens.js'
import { selecting } from './selecting.js'
import type { TierOutside, TierRows } from './tier-rows.js'

/** Where policies stand among the tiers. */
type Place = 'last' | 'before others'

/**
 * Rows of policies that isolate, as they are where such a policy keeps later tiers from both directions of a pod (C-7): what it
 * leaves free is open. Otherwise they are given as they are.
 */
export function keepingRows(
  world: MatrixWorld,
  lens: Lens,
  policies: readonly ClassPolicy[],
  place: Place,
  rows: TierRows,
): TierRows {
  if (place === 'last' || lens.view.reading.baseline === 'by-direction') return rows
  const { classes, sets } = { classes: world.classes.classes, sets: world.sets }
  const isKept = keptFrom(world, lens, policies)
  return {
    egress(source) {
      const row = rows.egress(source)
      if (!isKept('egress', source)) return row
      if (row !== null && row.passed === null) return row
      return { open: new Int32Array(classes.length).fill(sets.all), passed: null }
    },
    ingress(source) {
      const row = rows.ingress(source)
      const open = row?.open.slice() ?? new Int32Array(classes.length).fill(sets.none)
      const passed = row === null ? new Int32Array(classes.length).fill(sets.all) : (row.passed?.slice() ?? null)
      if (passed === null) return row
      for (const one of classes) {
        if (passed[one.number] !== sets.all || !isKept('ingress', one)) continue
        open[one.number] = sets.all
        passed[one.number] = sets.none
      }
      return { open, passed }
    },
    cell(direction, source, destination) {
      const cell = rows.cell(direction, source, destination)
      const isFree = cell.passed === sets.all
      return isFree && isKept(direction, direction === 'egress' ? source : destination)
        ? { open: sets.all, passed: sets.none }
        : cell
    },
  }
}

/** The same for the outside world. */
export function keepingOutside(
  world: MatrixWorld,
  lens: Lens,
  policies: readonly ClassPolicy[],
  place: Place,
  outside: TierOutside,
): TierOutside {
  if (place === 'last' || lens.view.reading.baseline === 'by-direction') return outside
  const isKept = keptFrom(world, lens, policies)
  const open = FAMILIES.map((family) => ({
    ...wholeFamily(family),
    value: { open: world.sets.all, passed: world.sets.none },
  }))
  return (direction, subject) => {
    const walk = outside(direction, subject)
    return walk === null && isKept(direction, subject) ? open : walk
  }
}

/** Whether a policy isolates a class in the other direction, and none in this one. */
function keptFrom(
  { classes: { classes } }: MatrixWorld,
  lens: Lens,
  policies: readonly ClassPolicy[],
): (direction: Direction, subject: PodClass) => boolean {
  const subjects = selecting(classes, policies, lens)
  const oneSided = new Map<Direction, ReadonlySet<number>>(
    DIRECTIONS.map((direction) => {
      const others = policies.filter(
        ({ rules }) => rules[direction] === null && rules[otherDirection(direction)] !== null,
      )
      return [direction, new Set(others.flatMap((policy) => policy.subjects[lens.view.extent]))] as const
    }),
  )
  return (direction, subject) =>
    !lens.exempt(subject) && subjects(direction, subject).free && oneSided.get(direction)?.has(subject.number) === true
}
