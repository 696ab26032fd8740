import type { Direction } from '../model/direction.js'
import type { PodEndpoint } from '../model/flow.js'
import { firstMatch } from './first-match.js'
import { isolated } from './isolation.js'
import type { TierOutcome } from './outcome.js'
import { isHairpin, isPassedOver } from './readings.js'
import { YES } from './truth.js'
import type { View } from './view.js'

/** What no tier decides is allowed (C-1). */
const UNDECIDED: TierOutcome = { reason: { kind: 'not-isolated' }, deciding: [], allows: YES }

/** Folds over the tiers from the last to the first: each decides, or hands on to what was found so far. */
export function evaluateTiers(view: View, direction: Direction, subject: PodEndpoint): TierOutcome {
  return view.compiled.tiers.reduceRight<TierOutcome>((next, { tier, policiesIn }) => {
    const policies = policiesIn(subject.pod.namespace)
    const reading = { ...view.reading, ...tier.settled }
    if (policies.length === 0 || isPassedOver(subject.pod, reading)) return next
    const seen = { ...view, reading }
    switch (tier.decides) {
      case 'isolation':
        if (reading.hairpin === 'exempt' && isHairpin(view.flow)) return next
        return isolated(seen, direction, subject, policies, next)
      case 'first-match':
        return firstMatch(seen, direction, subject, policies, tier.reasons, next)
    }
  }, UNDECIDED)
}
