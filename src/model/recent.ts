/** Computes a value for a key, and keeps the last few: neighbours mostly ask for the same. */
export function recent<Key, Value>(most: number, compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found.value
    if (known.size >= most) {
      const [oldest] = known.keys()
      if (oldest !== undefined) known.delete(oldest)
    }
    const value = compute(key)
    known.set(key, { value })
    return value
  }
}

/** Computes a value for a key, and keeps the last one: for long texts, of which not even a hash is to be computed. */
export function latest<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  let known: { readonly key: Key; readonly value: Value } | undefined
  return (key) => {
    if (known === undefined || known.key !== key) known = { key, value: compute(key) }
    return known.value
  }
}
