import type { Certainty } from '../model/verdict.js'
import type { Answer, FamilyAnswer } from './answer.js'
import { certaintyOf, possibleIn, type Look } from './certainty.js'
import type { SetId } from './connection-sets.js'
import type { DoubtedCell, ExactCertainty } from './exact-certainty.js'
import type { MatrixWorld } from './lens.js'
import type { Outlook } from './meetings.js'
import type { FamilyRows } from './reading-rows.js'

/** The answer of one cell, in every family and under every reading. */
export function closeLook(world: MatrixWorld, exact: ExactCertainty, seen: Outlook, look: Look, asked: SetId): Answer {
  const { sets } = world
  exact.takeMissed()
  const { families = [], shared = true } = seen.meetings[look.destination.kind] ?? {}
  const each = families.map((rows) => ({ rows, ...portsIn(world, exact, seen, look, asked, rows) }))
  const open = each.reduce((all, one) => sets.intersect(all, one.open), asked)
  const perhaps = each.reduce((all, one) => sets.intersect(all, sets.union(one.open, one.possible)), asked)
  const possible = sets.minus(perhaps, open)
  const certaintyIn = (some: readonly FamilyRows[], value: SetId): Certainty => {
    if (value === sets.none) return 'certain'
    const found = certaintyOf(world, seen, some, value, look)
    if (found !== 'indeterminate' || look.nodes !== null) return found
    return exact.certainty(cellOf(seen, look, some), value) ?? found
  }
  const differ = each.some((one) => one.open !== open)
  const byFamily = each.flatMap(({ rows, ...ports }): readonly FamilyAnswer[] => {
    const { family } = rows
    const isOwn = differ ? ports.open !== sets.none || ports.possible !== sets.none : ports.possible !== possible
    return family === null || !isOwn ? [] : [{ family, ...ports, certainty: certaintyIn([rows], ports.open) }]
  })
  const answer = (certainty: Certainty, note: Answer['note']): Answer => ({ open, possible, certainty, note, byFamily })
  if (differ) return answer('indeterminate', 'families-differ')
  if (!shared && open !== sets.none) return answer('indeterminate', 'no-shared-family')
  const certainty = certaintyIn(families, open)
  const isUnsure = certainty === 'indeterminate' || possible !== sets.none
  return answer(certainty, exact.takeMissed() && isUnsure ? 'certainty-estimated' : null)
}

/** All that is open in one family as things stand. */
export function openIn(seen: Outlook, { base }: FamilyRows, { destination, nodes }: Look): SetId {
  return nodes?.letsIn === true ? seen.single(base.rows, destination, true) : seen.cell(base.rows, destination)
}

/** What is open in one family, and what may be. */
function portsIn(
  world: MatrixWorld,
  exact: ExactCertainty,
  seen: Outlook,
  look: Look,
  asked: SetId,
  rows: FamilyRows,
): Pick<FamilyAnswer, 'open' | 'possible'> {
  const { sets } = world
  const { nodes } = look
  const open = sets.intersect(asked, openIn(seen, rows, look))
  const perhaps = sets.minus(sets.intersect(asked, possibleIn(world, seen, rows, look)), open)
  if (perhaps === sets.none || nodes !== null) return { open, possible: perhaps }
  return { open, possible: exact.possible(cellOf(seen, look, [rows]), perhaps) }
}

function cellOf({ source }: Outlook, { destination }: Look, families: readonly FamilyRows[]): DoubtedCell {
  return { source, destination, families: families.map(({ family }) => family) }
}
