import { actionWord, type ClusterPolicy, type Action } from './cluster-policy.js'
import type { NetworkPolicy } from './policy.js'

/** A policy of any kind that is evaluated, as it was read. `src/policy` turns each into the one form that answers come from. */
export type Policy = NetworkPolicy | ClusterPolicy

/** Whether a policy is a NetworkPolicy. */
export function isNetworkPolicy(policy: { readonly kind: string }): policy is NetworkPolicy {
  return policy.kind === 'NetworkPolicy'
}

/** What the list of a rule's ports is called in the manifests of each kind (C-21, C-22). */
export const PORT_FIELD: Readonly<Record<Policy['kind'], 'ports' | 'protocols'>> = {
  NetworkPolicy: 'ports',
  AdminNetworkPolicy: 'ports',
  BaselineAdminNetworkPolicy: 'ports',
  ClusterNetworkPolicy: 'protocols',
}

/** How an action of a rule is shown: in the word of its manifest, which a NetworkPolicy has none for. */
export function actionText(kind: Policy['kind'], action: Action): string {
  return kind === 'NetworkPolicy' ? action : actionWord(kind, action)
}
