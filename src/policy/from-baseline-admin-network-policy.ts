import type { BaselineAdminNetworkPolicy } from '../model/cluster-policy.js'
import { fromPolicyOfCluster } from './from-policy-of-cluster.js'
import type { RuleForm } from './rule-form.js'

/** Behind every priority that a ClusterNetworkPolicy can have (C-9). */
const LAST = 1001

/** The BaselineAdminNetworkPolicy has no priority; beside others of its tier it comes last (C-9). */
export function fromBaselineAdminNetworkPolicy(policy: BaselineAdminNetworkPolicy): RuleForm {
  return fromPolicyOfCluster(policy, 'Baseline', LAST)
}
