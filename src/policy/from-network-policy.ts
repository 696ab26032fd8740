import type { Direction } from '../model/direction.js'
import type { NetworkPolicy } from '../model/policy.js'
import type { FormRule, RuleForm } from './rule-form.js'

/** A NetworkPolicy governs pods of its own namespace; all its rules accept. */
export function fromNetworkPolicy(policy: NetworkPolicy): RuleForm {
  const { namespace, subject, isolates } = policy
  const rulesOf = (direction: Direction) =>
    policy.rules[direction].map(({ peers, ports }, rule): FormRule => ({
      peers,
      ports,
      action: 'accept',
      ref: { policy, direction, rule, name: null, path: ['spec', direction, rule] },
    }))
  return {
    ref: policy,
    tier: 'NetworkPolicy',
    order: 0,
    home: namespace,
    subject: { kind: 'selector', namespaces: null, pods: subject },
    subjectPath: ['spec', 'podSelector'],
    applies: isolates,
    rules: { ingress: rulesOf('ingress'), egress: rulesOf('egress') },
  }
}
