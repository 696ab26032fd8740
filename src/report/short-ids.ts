interface Named {
  readonly id: string
  readonly kind: string
  readonly namespace: string | null
}

/** Leaves the kind out of ids, `shop/web`, where what is left belongs to one end only. */
export function shortIds(ends: Iterable<Named>): (end: Named) => string {
  const ids = new Map<string, Set<string>>()
  for (const end of ends) {
    const short = shortOf(end)
    ids.set(short, (ids.get(short) ?? new Set<string>()).add(end.id))
  }
  return (end) => (ids.get(shortOf(end))?.size === 1 ? shortOf(end) : end.id)
}

function shortOf({ id, namespace, kind }: Named): string {
  return namespace === null ? id : id.replace(`${namespace}/${kind}/`, `${namespace}/`)
}

/** The first of some words, and how many more there are. */
export function few(words: readonly string[], most = 3): string {
  return fewOf(words.slice(0, most), words.length)
}

/** The same where there are only the first of them, and the number of all. */
export function fewOf(first: readonly string[], count: number): string {
  return `${first.join(', ')}${count > first.length ? ` and ${count - first.length} more` : ''}`
}
