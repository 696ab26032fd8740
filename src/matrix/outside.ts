import { FAMILIES } from '../net/address.js'
import { overlay, type Piece } from '../net/pieces.js'
import { wholeFamily } from '../net/ranges.js'
import { once } from '../model/once.js'
import type { Direction } from '../model/direction.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { MatrixWorld, View } from './lens.js'
import { keepingOutside } from './other-direction.js'
import { firstMatchOutside } from './outside-first-match.js'
import { isolationOutside } from './outside-isolation.js'
import { perTier } from './per-tier.js'
import { addPiece } from './sweep.js'
import type { TierCell, TierOutside } from './tier-rows.js'

/** What a class may exchange with addresses outside the cluster: a walk through both families (E-3). */
export type OutsideOf = (direction: Direction, subject: PodClass) => readonly Piece<SetId>[]

/** Answers for the outside world by folding over the tiers, as for rows (C-1). */
export function outsideUnder(world: MatrixWorld, view: View): OutsideOf {
  const { sets } = world
  const everywhere = FAMILIES.map((family) => ({ ...wholeFamily(family), value: sets.all }))
  const walks = perTier<TierOutside>(world, view, {
    isolation: (...told) => keepingOutside(...told, isolationOutside(...told)),
    firstMatch: firstMatchOutside,
  })
  const joined = once((walk: readonly Piece<TierCell>[]) =>
    once((next: readonly Piece<SetId>[]): readonly Piece<SetId>[] => {
      const pieces: Piece<SetId>[] = []
      const both = overlay(walk, next, ({ open, passed }, after) => sets.union(open, sets.intersect(passed, after)))
      for (const piece of both) addPiece(pieces, piece)
      return pieces
    }),
  )
  return (direction, subject) =>
    walks.reduceRight<readonly Piece<SetId>[]>((next, tier) => {
      const walk = tier(direction, subject)
      return walk === null ? next : joined(walk)(next)
    }, everywhere)
}
