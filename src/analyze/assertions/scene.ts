import type { SetId } from '../../matrix/connection-sets.js'
import type { End } from './ends.js'
import type { FacesOf } from './faces.js'
import type { TestLimits } from './limits.js'
import type { PeerLookup } from './peers.js'
import type { AssertionWorld } from './world.js'

/** What the tests of one file are evaluated with. */
export interface Scene {
  readonly world: AssertionWorld
  readonly facesOf: FacesOf
  readonly lookUp: PeerLookup
  /** Only pairs of these are looked at, and whether a test has any is not asked again; null for all there are. */
  readonly among: Among | null
  /** Notes what a test allows, or a known gap leaves open, for `closed`. */
  readonly permit: (from: End, to: End, ports: SetId) => void
  readonly limits: TestLimits
}

/** The ids of the ends whose pairs may have changed. */
export interface Among {
  readonly from: ReadonlySet<string>
  readonly to: ReadonlySet<string>
}

/** Those of some ends that a scene looks at on one side of its pairs. */
export function lookedAt<Item>(
  { among }: Scene,
  side: keyof Among,
  items: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  return among === null ? items : items.filter((item) => among[side].has(idOf(item)))
}
