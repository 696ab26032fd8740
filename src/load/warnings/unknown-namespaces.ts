import { NAMESPACE_NAME_LABEL } from '../../model/labels.js'
import { isNetworkPolicy } from '../../model/policy-kinds.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Namespaces that nobody defines while a policy asks for their labels (A-28): one remark for all of them. */
export const unknownNamespaces: Remark = ({ cluster }) => {
  const unknown = [...cluster.namespaces.values()].filter(({ defined }) => !defined).map(({ name }) => name)
  if (unknown.length === 0) return []
  for (const policy of cluster.policies.filter(isNetworkPolicy)) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const [index, rule] of policy.rules[direction].entries()) {
        const key = rule.peers
          .flatMap((peer) => (peer.kind === 'selector' ? (peer.namespaces?.requirements ?? []) : []))
          .find((requirement) => requirement.key !== NAMESPACE_NAME_LABEL)?.key
        if (key === undefined || !policy.isolates[direction]) continue
        const [few, more] = [unknown.slice(0, 5), unknown.length - 5]
        return [
          aboutPolicy(policy, ['spec', direction, index], {
            code: 'NP103',
            severity: 'warning',
            message: `the labels of ${few.map((name) => `\`${name}\``).join(', ')}${more > 0 ? ` and ${more} more namespaces` : ''} are unknown, and the policy asks for \`${key}\``,
            help: 'add the Namespace objects to the input',
          }),
        ]
      }
    }
  }
  return []
}
