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
