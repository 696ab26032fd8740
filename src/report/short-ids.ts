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

/** The first of some CIDRs, and how many more there are. */
export function fewCidrs(cidrs: readonly string[]): string {
  return `${cidrs.slice(0, 3).join(', ')}${cidrs.length > 3 ? ` and ${cidrs.length - 3} more` : ''}`
}
