import type { ClusterNetworkPolicy } from '../model/cluster-policy.js'
import { fromPolicyOfCluster } from './from-policy-of-cluster.js'
import type { RuleForm } from './rule-form.js'

/** A ClusterNetworkPolicy says its tier and its place in it (C-2, C-31). */
export function fromClusterNetworkPolicy(policy: ClusterNetworkPolicy): RuleForm {
  return fromPolicyOfCluster(policy, policy.tier, policy.priority)
}
