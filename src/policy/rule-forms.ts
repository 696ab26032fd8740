import { once } from '../model/once.js'
import type { Policy } from '../model/policy-kinds.js'
import { fromAdminNetworkPolicy } from './from-admin-network-policy.js'
import { fromBaselineAdminNetworkPolicy } from './from-baseline-admin-network-policy.js'
import { fromClusterNetworkPolicy } from './from-cluster-network-policy.js'
import { fromNetworkPolicy } from './from-network-policy.js'
import type { RuleForm } from './rule-form.js'

/** How each kind becomes the one form: a kind that is not in here does not compile. */
const COMPILERS: { readonly [Kind in Policy['kind']]: (policy: Extract<Policy, { kind: Kind }>) => RuleForm } = {
  NetworkPolicy: fromNetworkPolicy,
  AdminNetworkPolicy: fromAdminNetworkPolicy,
  BaselineAdminNetworkPolicy: fromBaselineAdminNetworkPolicy,
  ClusterNetworkPolicy: fromClusterNetworkPolicy,
}

function compiled<Kind extends Policy['kind']>(kind: Kind, policy: Extract<Policy, { kind: Kind }>): RuleForm {
  return COMPILERS[kind](policy)
}

const formOf = once((policy: Policy) => compiled(policy.kind, policy))

/** The rules of policies of any kind, in the order of the manifests; the same form for the same policy. */
export function ruleForms(policies: readonly Policy[]): readonly RuleForm[] {
  return policies.map(formOf)
}
