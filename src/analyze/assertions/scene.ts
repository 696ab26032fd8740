import type { SetId } from '../../matrix/connection-sets.js'
import type { End } from './ends.js'
import type { FacesOf } from './faces.js'
import type { PeerLookup } from './peers.js'
import type { AssertionWorld } from './world.js'

/** What the tests of one file are evaluated with. */
export interface Scene {
  readonly world: AssertionWorld
  readonly facesOf: FacesOf
  readonly lookUp: PeerLookup
  /** Notes what a test allows, or a known gap leaves open, for `closed`. */
  readonly permit: (from: End, to: End, ports: SetId) => void
}
