/** Whether two lists have the same items in the same order. */
export function isSameList<Item>(
  a: readonly Item[],
  b: readonly Item[],
  equals: (x: Item, y: Item) => boolean,
): boolean {
  return a.length === b.length && a.every((item, index) => b[index] !== undefined && equals(item, b[index]))
}
