import type { ClassPolicy } from './classes.js'
import { lensOf, lensesOf, type Lens, type Lenses, type MatrixWorld, type View } from './lens.js'

/** How each way of deciding is answered, for rows or for the outside world. */
export interface Deciders<Said> {
  readonly isolation: (
    world: MatrixWorld,
    lens: Lens,
    policies: readonly ClassPolicy[],
    place: 'last' | 'before others',
  ) => Said
  readonly firstMatch: (world: MatrixWorld, lenses: Lenses, policies: readonly ClassPolicy[]) => Said
}

/** What each tier says under a view, in their order (C-1); what a tier settles is settled in its view. */
export function perTier<Said>(world: MatrixWorld, view: View, deciders: Deciders<Said>): readonly Said[] {
  const { tiers } = world.classes
  return tiers.map(({ tier, policies }, index) => {
    const seen = { ...view, reading: { ...view.reading, ...tier.settled } }
    switch (tier.decides) {
      case 'isolation':
        return deciders.isolation(
          world,
          lensOf(world, seen),
          policies,
          index === tiers.length - 1 ? 'last' : 'before others',
        )
      case 'first-match':
        return deciders.firstMatch(world, lensesOf(world, seen), policies)
    }
  })
}
