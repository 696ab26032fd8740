import type { Certainty } from '../model/verdict.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { MatrixWorld } from './lens.js'
import { isForHosts, type Meeting, type Outlook } from './meetings.js'
import { judge, type FamilyRows } from './reading-rows.js'
import type { Rows } from './rows.js'

/**
 * Finds the open cells that a family or a reading may see otherwise; what is open in the others is certain, whatever ports
 * are asked about. Marks are by the number of the class: 1 where it may not be certain.
 */
export function unsureCells({
  classes: { classes, kinds },
  sets,
}: MatrixWorld): (seen: Outlook, open: Row) => Uint8Array {
  const scratch = new Int32Array(classes.length)
  const numbersOf = kinds.map(({ kind }) =>
    Int32Array.from(
      classes.filter((one) => one.kind === kind),
      ({ number }) => number,
    ),
  )
  const onHost = classes.filter(({ pod }) => pod.hostNetwork)
  return ({ source, meetings }, open) => {
    const marks = new Uint8Array(classes.length)
    for (const [kind, meeting] of meetings.entries()) {
      const looks = rowsBeside(meeting, source)
      if (meeting.shared && looks.length === 0) continue
      const numbers = without(open, sets.none, numbersOf[kind] ?? new Int32Array(), scratch)
      if (!meeting.shared) for (const number of numbers) marks[number] = 1
      for (const rows of looks) rows.markOthers(source, open, numbers, marks)
    }
    const hostsDiffer = meetings.some(({ families }) =>
      families.some((family) => family.readings.some((one) => isForHosts(one, family))),
    )
    if (hostsDiffer) for (const { number } of onHost) marks[number] = 1
    return marks
  }
}

/** All rows beside those that say what is open; those for hosts only where the source is one. */
function rowsBeside({ families }: Meeting, { pod }: PodClass): readonly Rows[] {
  const all = families.flatMap((family) =>
    family.readings
      .filter((one) => pod.hostNetwork || !isForHosts(one, family))
      .flatMap(({ rows, sure }) => (sure === null ? [rows] : [rows, sure])),
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

/** Whom a source looks at, and whether on its own node. */
interface Look {
  readonly destination: PodClass
  readonly onOwnNode: boolean
}

/** Indeterminate where some open port stays open under a reading but not surely; undefined where one closes it. */
export function certaintyOf(
  { sets }: MatrixWorld,
  seen: Outlook,
  families: readonly FamilyRows[],
  open: SetId,
  { destination, onOwnNode }: Look,
): Certainty {
  const isHost = seen.source.pod.hostNetwork
  let certainty: Certainty = 'certain'
  for (const family of families) {
    for (const one of family.readings) {
      const forHosts = isForHosts(one, family)
      if (forHosts && !isHost && !destination.pod.hostNetwork) continue
      // Few destinations are on their host's network: for a source that is not, their cells are computed one by one
      const isSingle = onOwnNode || (forHosts && !isHost)
      const look = (rows: Rows) => (isSingle ? seen.single(rows, destination, onOwnNode) : seen.cell(rows, destination))
      const value = look(one.rows)
      const found = judge(sets, open, value, one.sure === null ? value : look(one.sure))
      if (found === 'indeterminate') return found
      if (found === 'undefined') certainty = found
    }
  }
  return certainty
}
