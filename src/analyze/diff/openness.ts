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

/** Where the same is open over either family. */
export function openAlike(all: SetId): Openness {
  return { all, byFamily: { IPv4: all, IPv6: all }, differs: false }
}
