import { grouped } from '../../model/grouped.js'
import { selects, type Labels } from '../../model/labels.js'
import type { NetworkPolicy } from '../../model/policy.js'
import { aboutPolicy, type Remark, type RemarkContext } from './remark-context.js'

/** Policies that select no pod: a wrong label, or the labels of a workload instead of its pods. */
export const selectedPods: Remark = (context) => {
  const podsIn = grouped(
    context.cluster.workloads.flatMap(({ pods }) => pods),
    ({ namespace }) => namespace,
  )
  return context.cluster.policies.flatMap((policy) => {
    if (policy.subject.requirements.length === 0 || context.incompleteIn.has(policy.namespace)) return []
    const found = podsIn
      .get(policy.namespace)
      ?.some(
        (pod) =>
          selects(policy.subject, pod.labels) ||
          policy.subject.requirements.some(({ key }) => pod.unpredictableLabels.includes(key)),
      )
    return found === true ? [] : [nobody(policy, context)]
  })
}

function nobody(policy: NetworkPolicy, { collection }: RemarkContext) {
  const path = ['spec', 'podSelector']
  const meant = collection.workloads.find(
    ({ metadata }) => metadata.namespace === policy.namespace && selects(policy.subject, metadata.labels),
  )
  if (meant === undefined) {
    const message = `the policy selects no pod of the namespace \`${policy.namespace}\``
    return aboutPolicy(policy, path, { code: 'NP115', severity: 'warning', message })
  }
  const name = `${meant.kind} ${meant.metadata.namespace}/${meant.metadata.name}`
  return aboutPolicy(policy, path, {
    code: 'NP126',
    severity: 'warning',
    message: `the policy selects labels of ${name} that its pods do not have, so it selects no pod`,
    help: `policies look at the labels of pods: ${labelsOf(meant.template.labels)}`,
  })
}

function labelsOf(labels: Labels): string {
  return labels.size === 0 ? 'there are none' : [...labels].map(([key, value]) => `${key}=${value}`).join(', ')
}
