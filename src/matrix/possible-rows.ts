import type { FamilyOpen } from './answer.js'
import type { PodClass } from './classes.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { isForHosts, type Outlook } from './meetings.js'
import { isPlain, type FamilyRows, type ReadingRows } from './reading-rows.js'
import type { Rows } from './rows.js'

/** What is open to each class as things stand, over some family that it meets the source in. */
export function openRow(world: MatrixWorld, seen: Outlook): Row {
  return seenRow(world, seen, ({ rows }) => rows)
}

/** What is open to each class, or may be: certainly no more. */
export function possibleRow(world: MatrixWorld, seen: Outlook): Row {
  const perhaps = seenRow(world, seen, (base) => base.possible ?? base.rows)
  return withHosts(world, seen.source, withTiers(world, seen, perhaps))
}

/** The same for one class over each family that it meets the source in, without the row; not for hosts. */
export function possibleCell({ sets }: MatrixWorld, seen: Outlook, destination: PodClass): readonly FamilyOpen[] {
  const { families = [] } = seen.meetings[destination.kind] ?? {}
  return families.map((family) => ({
    family: family.family,
    open: [family.base, ...widerReadings(family)]
      .map(({ rows, possible }) => seen.single(possible ?? rows, destination, false))
      .reduce((open, one) => sets.union(open, one), sets.none),
  }))
}

/** What rows of the chosen reading have for every class, over some family that it meets the source in. */
function seenRow(
  { classes: { classes }, sets }: MatrixWorld,
  { meetings, row }: Outlook,
  rowsOf: (base: ReadingRows) => Rows,
): Row {
  const byKind = meetings.map(({ families }) => families.map(({ base }) => row(rowsOf(base))))
  const [[only] = []] = byKind
  if (only !== undefined && byKind.every((rows) => rows.every((one) => one === only))) return only
  const seen = new Int32Array(only?.length ?? classes.length)
  for (let number = 0; number < seen.length; number++) {
    let open = sets.none
    for (const one of byKind[classes[number]?.kind ?? 0] ?? []) {
      const more = one[number] ?? sets.none
      if (more !== open) open = sets.union(open, more)
    }
    seen[number] = open
  }
  return seen
}

/** What is open about tiers, unlike what is open about blocks, may also open more than the chosen reading (C-7, C-8). */
function widerReadings(family: FamilyRows): readonly ReadingRows[] {
  return family.readings.filter((one) => !isPlain(one.reading) && !isForHosts(one, family))
}

function withTiers({ classes: { classes }, sets }: MatrixWorld, { meetings, row }: Outlook, perhaps: Row): Row {
  const others = meetings.map(({ families }) =>
    families.flatMap(widerReadings).map((one) => row(one.possible ?? one.rows)),
  )
  if (others.every((rows) => rows.length === 0)) return perhaps
  return Int32Array.from(classes, ({ number, kind }) =>
    (others[kind] ?? []).reduce(
      (open, one) => sets.union(open, one[number] ?? sets.none),
      perhaps[number] ?? sets.none,
    ),
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
