/** The items of two lists, each once: what both have stands where the first has it. */
export function unionOf<Item>(list: readonly Item[], others: readonly Item[]): readonly Item[] {
  return [...new Set([...list, ...others])]
}
