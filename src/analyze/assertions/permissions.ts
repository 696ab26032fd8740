import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import { overlaps, subtract, type AddressRange } from '../../net/ranges.js'
import type { End } from './ends.js'
import { common } from './faces.js'

/** What the tests of a file allow, pair by pair. */
export interface Permissions {
  readonly permit: (from: End, to: End, ports: SetId) => void
  /** The ports that are allowed between two endpoints. */
  readonly between: (from: End, to: End) => SetId
  /** Addresses outside, cut where the ports that are allowed for them change. */
  readonly outside: (
    from: End,
    to: End,
    ranges: readonly AddressRange[],
  ) => readonly { readonly ranges: readonly AddressRange[]; readonly ports: SetId }[]
}

/** Collects permissions. */
export function permissions(sets: ConnectionSets): Permissions {
  const pods = new Map<string, Map<string, SetId>>()
  const addresses = new Map<string, { readonly ranges: readonly AddressRange[]; readonly ports: SetId }[]>()
  const keyOf = (from: End, to: End) =>
    `${from.kind === 'endpoint' ? from.id : '>'} ${to.kind === 'endpoint' ? to.id : '>'}`
  const rangesOf = (end: End): readonly AddressRange[] => {
    if (end.kind === 'outside') return end.ranges
    return end.kind === 'single' && end.party.kind === 'outside' ? end.party.ranges : []
  }
  return {
    permit(from, to, ports) {
      if (ports === sets.none) return
      if (from.kind === 'endpoint' && to.kind === 'endpoint') {
        const row = pods.get(from.id) ?? new Map<string, SetId>()
        pods.set(from.id, row)
        row.set(to.id, sets.union(row.get(to.id) ?? sets.none, ports))
        return
      }
      const key = keyOf(from, to)
      const list = addresses.get(key) ?? []
      addresses.set(key, list)
      list.push({ ranges: [...rangesOf(from), ...rangesOf(to)], ports })
    },
    between: (from, to) => pods.get(from.id)?.get(to.id) ?? sets.none,
    outside(from, to, ranges) {
      let parts: readonly { readonly ranges: readonly AddressRange[]; readonly ports: SetId }[] = [
        { ranges, ports: sets.none },
      ]
      for (const given of addresses.get(keyOf(from, to)) ?? []) {
        parts = parts.flatMap((part) => {
          if (!part.ranges.some((range) => given.ranges.some((other) => overlaps(range, other)))) return [part]
          const inside = { ranges: common(part.ranges, given.ranges), ports: sets.union(part.ports, given.ports) }
          const rest = subtract(part.ranges, given.ranges)
          return rest.length === 0 ? [inside] : [inside, { ...part, ranges: rest }]
        })
      }
      return parts
    },
  }
}
