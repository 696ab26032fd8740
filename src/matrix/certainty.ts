import type { Certainty } from '../model/verdict.js'
import { once } from '../model/once.js'
import type { Nodes } from './answer.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { isForHosts, type Meeting, type Outlook } from './meetings.js'
import { judge, type FamilyRows, type ReadingRows } from './reading-rows.js'
import type { Rows } from './rows.js'

/**
 * Finds the cells that a family or a reading may see otherwise; what is open in the others is certain, and so is what is
 * closed, whatever ports are asked about. Marks are by the number of the class: 1 where it may not be certain; null where there
 * are none.
 */
export function unsureCells({
  classes: { classes, kinds, hosts },
  sets,
  destinations = classes,
}: MatrixWorld): (seen: Outlook, open: Row, possible: Row) => Uint8Array | null {
  const scratch = new Int32Array(classes.length)
  const numbersOf = kinds.map(({ kind }) =>
    Int32Array.from(
      destinations.filter((one) => one.kind === kind),
      ({ number }) => number,
    ),
  )
  const besides = {
    host: once((meetings: readonly Meeting[]) => meetings.map((meeting) => rowsBeside(meeting, true))),
    other: once((meetings: readonly Meeting[]) => meetings.map((meeting) => rowsBeside(meeting, false))),
  }
  return (seen, open, possible) => {
    const { source, meetings } = seen
    const beside = besides[source.pod.hostNetwork ? 'host' : 'other'](meetings)
    if (hosts.length === 0 && meetings.every(({ shared }, kind) => shared && beside[kind]?.length === 0)) return null
    const marks = new Uint8Array(classes.length)
    for (const [kind, meeting] of meetings.entries()) {
      const looks = beside[kind] ?? []
      if (meeting.shared && looks.length === 0) continue
      const numbers = without(possible, sets.none, numbersOf[kind] ?? new Int32Array(), scratch)
      if (!meeting.shared) for (const number of numbers) marks[number] = 1
      for (const rows of looks) seen.markOthers(rows, open, numbers, marks)
    }
    for (const { number } of hosts) marks[number] = 1
    return marks
  }
}

/** All rows beside those that say what is open; those for hosts only where the source is one. */
export function rowsBeside({ families }: Meeting, onHost: boolean): readonly Rows[] {
  const all = families.flatMap((family) =>
    family.readings
      .filter((one) => onHost || !isForHosts(one, family))
      .flatMap(({ rows, sure, possible }) => [
        rows,
        ...(sure === null ? [] : [sure]),
        ...(possible === null ? [] : [possible]),
      ]),
  )
  const [first] = families
  return families.length === 1 ? all.filter((rows) => rows !== first?.base.rows) : all
}

/** Class numbers whose cell differs from `set`; writes into `found` and returns the used part. */
function without(row: Row, set: SetId, numbers: Int32Array, found: Int32Array): Int32Array {
  let count = 0
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0
    if (row[number] !== set) found[count++] = number
  }
  return found.subarray(0, count)
}

/** Whom a source looks at, and how their nodes decide. */
export interface Look {
  readonly destination: PodClass
  readonly nodes: Nodes | null
}

/** Indeterminate where some open port stays open under a reading but not surely; undefined where one closes it. */
export function certaintyOf(
  { sets }: MatrixWorld,
  seen: Outlook,
  families: readonly FamilyRows[],
  open: SetId,
  look: Look,
): Certainty {
  let certainty: Certainty = 'certain'
  for (const family of families) {
    for (const { one, cell } of readingsFor(seen, family, look)) {
      const value = cell(one.rows)
      const found = judge(sets, open, value, one.sure === null ? value : cell(one.sure))
      if (found === 'indeterminate') return found
      if (found === 'undefined') certainty = found
    }
  }
  return certainty
}

/** All that is open in one family under some reading, whatever the input may turn out to be. */
export function possibleIn({ sets }: MatrixWorld, seen: Outlook, family: FamilyRows, look: Look): SetId {
  const { destination, nodes } = look
  // A host has no policies in the reading in which it is taken for its node, so that nothing else keeps the source out
  if (nodes?.mayLetOut === true && family.base.reading.hostNetwork === 'ignore') return sets.all
  return readingsFor(seen, family, look).reduce((open, { one, cell }) => {
    const rows = one.possible ?? one.rows
    const found = nodes?.mayLetIn === true ? seen.single(rows, destination, true) : cell(rows)
    return sets.union(open, found)
  }, sets.none)
}

/** The readings that matter to a pair, and how to see its cell under each. */
function readingsFor(
  seen: Outlook,
  family: FamilyRows,
  { destination, nodes }: Look,
): readonly { readonly one: ReadingRows; readonly cell: (rows: Rows) => SetId }[] {
  const isHost = seen.source.pod.hostNetwork
  const letsIn = nodes?.letsIn === true
  return family.readings.flatMap((one) => {
    const forHosts = isForHosts(one, family)
    if (forHosts && !isHost && !destination.pod.hostNetwork) return []
    // Few destinations are on their host's network: for a source that is not, their cells are computed one by one
    const isSingle = letsIn || (forHosts && !isHost)
    return [{ one, cell: (rows) => (isSingle ? seen.single(rows, destination, letsIn) : seen.cell(rows, destination)) }]
  })
}
