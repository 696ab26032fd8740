import { rangeText } from './ipv4.js'
import { portsText } from './port-sets.js'

/**
 * Rows by `from -> to`, the same for the same answer, however it was cut into rows. Each has parts: one for a pair of
 * workloads, and one for each run of outside addresses with the same ports.
 */
export function canonical(rows) {
  const entries = new Map()
  for (const { from, to, ranges, ports } of rows) {
    if (ports.length === 0) continue
    const key = `${from} -> ${to}`
    const known = entries.get(key) ?? []
    for (const range of ranges ?? [{ first: 0, last: 0 }]) known.push({ ...range, ports, outside: ranges !== null })
    if (known.length > 0) entries.set(key, known)
  }
  return new Map([...entries].sort(byKey).map(([key, list]) => [key, partsOf(list)]))
}

function byKey([a], [b]) {
  return a < b ? -1 : 1
}

function partsOf(entries) {
  const [{ outside }] = entries
  return swept(entries).map((part) => ({
    first: part.first,
    text: outside ? `${rangeText(part)} ${part.ports}` : part.ports,
  }))
}

/** One sweep over where ranges begin and end, which may overlap. */
function swept(entries) {
  const edges = entries.flatMap((entry) => [
    { at: entry.first, entry },
    { at: entry.last + 1, entry },
  ])
  edges.sort((a, b) => a.at - b.at)
  const open = new Set()
  const parts = []
  for (const [index, { at, entry }] of edges.entries()) {
    if (!open.delete(entry)) open.add(entry)
    const next = edges[index + 1]?.at
    if (next === at || open.size === 0) continue
    const ports = portsText([...open].flatMap((one) => one.ports))
    const before = parts.at(-1)
    if (before?.last === at - 1 && before.ports === ports) before.last = next - 1
    else parts.push({ first: at, last: next - 1, ports })
  }
  return parts
}
