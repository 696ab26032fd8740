import { counted } from '../../model/counted.js'
import type { DiffNote } from './diff-result.js'

/** Says that some pairs may be open on both sides, and were not looked at closely enough to tell whether they were certainly closed. */
export function unresolvedNote(unresolved: number): readonly DiffNote[] {
  if (unresolved === 0) return []
  const message = `${counted(unresolved, 'kind')} of pairs may be open on both sides for want of labels, and whether they were certainly closed was not looked into; with Namespace objects, or --from and --to, it is`
  return [{ code: 'possibly-opened-unknown', message }]
}
