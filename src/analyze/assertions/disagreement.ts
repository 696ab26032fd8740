import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { KeptPair } from './except.js'
import type { Face } from './faces.js'
import { markOf } from './judge.js'
import type { Disagreement, DisagreementKind } from './outcome.js'

/** A pair that disagrees on some ports, or one of a known gap that agrees. */
export function disagreement(
  sets: ConnectionSets,
  { from, to }: KeptPair,
  face: Face,
  problem: DisagreementKind,
  ports: SetId,
): Disagreement {
  return {
    from,
    to,
    ranges: face.ranges,
    problem,
    ports: sets.ports(ports),
    certainty: markOf(sets, face, ports),
  }
}
