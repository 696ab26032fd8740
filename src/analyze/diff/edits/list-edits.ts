import { type Edit, type HasEdit, type Mixed } from './edit.js'

/** How the entries of two lists are compared. */
export interface ListComparison<Item> {
  readonly keyOf: (item: Item) => string
  /** Whether the order of the entries says something, as where the first match decides. */
  readonly isOrdered: boolean
  /** One edit for a list that becomes or stops being empty. */
  readonly whole: () => Edit
  readonly added: (item: Item, index: number) => Edit
  readonly removed: (item: Item, index: number) => Edit
  readonly edited: (before: Item, after: Item, index: number) => Mixed<Item>
  readonly moved: () => Edit
}

interface Entry<Item> {
  readonly value: Mixed<Item | null>
  readonly at: { readonly base: number | null; readonly head: number | null }
}

/**
 * The edits between two lists: equal entries are matched wherever they stand, the rest one by one in their order, and what is left
 * was added or removed.
 */
export function mixedList<Item>(
  base: readonly Item[],
  head: readonly Item[],
  comparison: ListComparison<Item>,
): Mixed<readonly Item[]> {
  const { keyOf, isOrdered } = comparison
  if ((base.length === 0) !== (head.length === 0)) {
    const edit = comparison.whole()
    return { edits: [edit], mix: (has) => (has(edit) ? head : base) }
  }
  const [before, after] = [base, head].map((list) => numbered(list, isOrdered ? null : keyOf))
  if (before === undefined || after === undefined) throw new Error('there are two lists')
  const entries = matched(before, after, comparison)
  const common = entries.filter(({ at }) => at.base !== null && at.head !== null)
  const inBase = common.toSorted((a, b) => (a.at.base ?? 0) - (b.at.base ?? 0))
  const inHead = common.toSorted((a, b) => (a.at.head ?? 0) - (b.at.head ?? 0))
  const isMoved = isOrdered && inBase.some((entry, index) => entry !== inHead[index])
  const moved = isMoved ? comparison.moved() : null
  return {
    edits: [...entries.flatMap(({ value }) => value.edits), ...(moved === null ? [] : [moved])],
    mix(has) {
      const order = inOrder(entries, moved === null || has(moved) ? 'head' : 'base')
      return order.flatMap(({ value }) => value.mix(has) ?? [])
    },
  }
}

interface Numbered<Item> {
  readonly item: Item
  readonly index: number
}

/** Entries with their places; of those that say the same only the first, where their order does not matter. */
function numbered<Item>(list: readonly Item[], keyOf: ((item: Item) => string) | null): readonly Numbered<Item>[] {
  const all = list.map((item, index) => ({ item, index }))
  if (keyOf === null) return all
  return [...new Map(all.toReversed().map((one) => [keyOf(one.item), one])).values()].sort((a, b) => a.index - b.index)
}

function matched<Item>(
  before: readonly Numbered<Item>[],
  after: readonly Numbered<Item>[],
  { keyOf, added, removed, edited }: ListComparison<Item>,
): readonly Entry<Item>[] {
  const left = new Set(before)
  const entries: Entry<Item>[] = []
  const unmatched = after.filter((one) => {
    const key = keyOf(one.item)
    const same = [...left].find(({ item }) => keyOf(item) === key)
    if (same === undefined) return true
    left.delete(same)
    entries.push({ value: { edits: [], mix: () => one.item }, at: { base: same.index, head: one.index } })
    return false
  })
  const gone = [...left]
  for (const [index, now] of unmatched.entries()) {
    const old = gone[index]
    if (old === undefined) entries.push(appearing(added(now.item, now.index), now, 'head'))
    else {
      const value = edited(old.item, now.item, now.index)
      entries.push({ value, at: { base: old.index, head: now.index } })
    }
  }
  for (const old of gone.slice(unmatched.length)) entries.push(appearing(removed(old.item, old.index), old, 'base'))
  return entries
}

function appearing<Item>(edit: Edit, { item, index }: Numbered<Item>, side: 'base' | 'head'): Entry<Item> {
  const mix = (has: HasEdit) => (has(edit) === (side === 'head') ? item : null)
  return {
    value: { edits: [edit], mix },
    at: side === 'head' ? { base: null, head: index } : { base: index, head: null },
  }
}

/** The entries as one side has them; one that only the other has comes after the entry that it follows there. */
function inOrder<Item>(entries: readonly Entry<Item>[], side: 'base' | 'head'): readonly Entry<Item>[] {
  const other = side === 'head' ? 'base' : 'head'
  const placeOn = (name: 'base' | 'head') => (a: Entry<Item>, b: Entry<Item>) => (a.at[name] ?? 0) - (b.at[name] ?? 0)
  const order = entries.filter(({ at }) => at[side] !== null).sort(placeOn(side))
  const there = entries.filter(({ at }) => at[other] !== null).sort(placeOn(other))
  for (const [index, entry] of there.entries()) {
    if (entry.at[side] !== null) continue
    const before = there[index - 1]
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, entry)
  }
  return order
}
