import { DIRECTIONS, type Direction } from '../model/direction.js'
import type { ClusterPolicy } from '../model/cluster-policy.js'
import type { FormRule, RuleForm, TierName } from './rule-form.js'

/** A policy for the whole cluster in a tier: it isolates nobody, and one without rules in a direction says nothing of it (C-6). */
export function fromPolicyOfCluster(policy: ClusterPolicy, tier: TierName, order: number): RuleForm {
  const rulesOf = (direction: Direction) =>
    policy.rules[direction].map(({ action, peers, ports, name }, rule): FormRule => ({
      ...{ action, peers, ports },
      ref: { policy, direction, rule, name, path: ['spec', direction, rule] },
    }))
  const rules = { ingress: rulesOf('ingress'), egress: rulesOf('egress') }
  return {
    ref: policy,
    ...{ tier, order, home: null, rules },
    subject: policy.subject,
    subjectPath: policy.subjectPath,
    applies: Object.fromEntries(
      DIRECTIONS.map((direction) => [direction, rules[direction].length > 0] as const),
    ) as Record<Direction, boolean>,
  }
}
