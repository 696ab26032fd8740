import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { FamilyOpen } from '../../matrix/answer.js'
import { FAMILIES, type Family } from '../../net/address.js'

/** What is open between two endpoints: over every family that both have, and over each of these. */
export interface Openness {
  readonly all: SetId
  readonly byFamily: Readonly<Record<Family, SetId>>
  /** Families differ, so that each is told by itself. */
  readonly differs: boolean
}

/** Sums up what is open over the families that two endpoints share; over another one there is what all of them have. */
export function openness(sets: ConnectionSets, opened: readonly FamilyOpen[], asked: SetId): Openness {
  const within = opened.map(({ family, open }) => ({ family, open: sets.intersect(asked, open) }))
  const all = within.map(({ open }) => open).reduce(sets.intersect, asked)
  const [IPv4 = all, IPv6 = all] = FAMILIES.map((family) => within.find((one) => one.family === family)?.open ?? all)
  return { all, byFamily: { IPv4, IPv6 }, differs: within.some(({ open }) => open !== all) }
}

/** Where nothing is open, since an end is not there. */
export function nothingOpen({ none }: ConnectionSets): Openness {
  return { all: none, byFamily: { IPv4: none, IPv6: none }, differs: false }
}

/** Whether two sides say the same of a pair. */
export function sameOpenness(a: Openness, b: Openness): boolean {
  return a.all === b.all && a.byFamily.IPv4 === b.byFamily.IPv4 && a.byFamily.IPv6 === b.byFamily.IPv6
}
