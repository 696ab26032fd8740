import { otherDirection, type Direction } from '../model/direction.js'
import type { PodEndpoint } from '../model/flow.js'
import { firstMatch } from './first-match.js'
import type { RuleForm } from '../policy/rule-form.js'
import { isolated } from './isolation.js'
import { governs } from './open-rules.js'
import type { TierOutcome } from './outcome.js'
import { isHairpin, isPassedOver } from './readings.js'
import { any, branch, YES } from './truth.js'
import type { View } from './view.js'

/** What no tier decides is allowed (C-1). */
const UNDECIDED: TierOutcome = { reason: { kind: 'not-isolated' }, deciding: [], allows: YES, path: [] }

/** Folds over the tiers from the last to the first: each decides, or hands on to what was found so far. */
export function evaluateTiers(view: View, direction: Direction, subject: PodEndpoint): TierOutcome {
  return view.compiled.tiers.reduceRight<TierOutcome>((next, { tier, policiesIn, policiesFor }) => {
    const { pod } = subject
    const reading = { ...view.reading, ...tier.settled }
    if (policiesIn(pod.namespace).length === 0 || isPassedOver(pod, reading)) return next
    const policies = policiesFor(pod)
    const seen = { ...view, reading }
    switch (tier.decides) {
      case 'isolation':
        if (reading.hairpin === 'exempt' && isHairpin(view.flow)) return next
        return isolated(
          seen,
          direction,
          subject,
          policies,
          tier.name,
          besideIsolation(seen, direction, subject, policies, next),
        )
      case 'first-match':
        return firstMatch(seen, direction, subject, policies, tier, next)
    }
  }, UNDECIDED)
}

/** What comes after policies that isolate: nothing where one selects the pod in the other direction, as some read it (C-7). */
function besideIsolation(
  view: View,
  direction: Direction,
  subject: PodEndpoint,
  policies: readonly RuleForm[],
  next: TierOutcome,
): TierOutcome {
  if (view.reading.baseline === 'by-direction') return next
  const others = policies.filter(({ applies }) => !applies[direction] && applies[otherDirection(direction)])
  const selected = any(others.map((policy) => governs(view, policy, subject)))
  return { ...(selected.value ? UNDECIDED : next), allows: branch(selected, YES, next.allows) }
}
