import { grouped } from '../../model/grouped.js'
import type { CauseResult, ChangeResult } from './diff-result.js'

/** Changes that come of the same edits; groups are in the order of their first change, the dangerous ones first. */
export interface CauseGroup {
  readonly causes: readonly CauseResult[]
  readonly changes: readonly ChangeResult[]
}

/** Puts changes together that come of the same edits. */
export function byCause(changes: readonly ChangeResult[]): readonly CauseGroup[] {
  const groups = grouped(changes, ({ because }) => JSON.stringify(because.map(keyOf)))
  return [...groups.values()].map((same) => ({ causes: same[0]?.because ?? [], changes: same }))
}

/** One edit may stand alone for one pair and not for another. */
function keyOf({ change, policy, object, setting, path, before, after, side, file, line }: CauseResult) {
  return [change, policy, object, setting, path, before, after, side, file, line]
}
