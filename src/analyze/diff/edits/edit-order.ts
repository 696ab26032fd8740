import { AREAS, type Edit } from './edit.js'

/** Where an edit stands in the order in which edits are left out. */
interface Rank {
  readonly area: number
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
}

/** Finds out where edits stand; each is located once. */
export function ranks(): (edit: Edit) => Rank {
  const known = new Map<Edit, Rank>()
  return (edit) => {
    const before = known.get(edit)
    if (before !== undefined) return before
    const { area, path, source, of, side, change } = edit
    const place = source.locate(path)
    const name =
      'policy' in of ? [of.policy.kind, of.policy.namespace, of.policy.name] : 'object' in of ? of.object : of.setting
    const rank = {
      area: AREAS.indexOf(area),
      file: source.file ?? '',
      line: place?.line ?? 0,
      column: place?.column ?? 0,
      text: JSON.stringify([name, path, side, change]),
    }
    known.set(edit, rank)
    return rank
  }
}

/** Areas in their order, and within one the last place first. */
export function compareRanks(a: Rank, b: Rank): number {
  if (a.area !== b.area) return a.area - b.area
  if (a.file !== b.file) return a.file < b.file ? 1 : -1
  return b.line - a.line || b.column - a.column || (a.text < b.text ? 1 : Number(a.text > b.text) * -1)
}
