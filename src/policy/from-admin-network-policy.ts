import type { AdminNetworkPolicy } from '../model/cluster-policy.js'
import { fromPolicyOfCluster } from './from-policy-of-cluster.js'
import type { RuleForm } from './rule-form.js'

/** An AdminNetworkPolicy is in one tier with every ClusterNetworkPolicy that says Admin (C-9). */
export function fromAdminNetworkPolicy(policy: AdminNetworkPolicy): RuleForm {
  return fromPolicyOfCluster(policy, 'Admin', policy.priority)
}
