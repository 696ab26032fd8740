import { grouped } from '../../model/grouped.js'
import { selects, type Labels, type Selector } from '../../model/labels.js'
import { labelIndex } from '../../model/label-index.js'
import type { NetworkPolicy } from '../../model/policy.js'
import { isNetworkPolicy } from '../../model/policy-kinds.js'
import type { Collection } from '../cluster/collect.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Policies that select no pod: a wrong label, or the labels of a workload instead of its pods. */
export const selectedPods: Remark = (context) => {
  const podsIn = grouped(
    context.cluster.workloads.flatMap(({ pods }) => pods),
    ({ namespace }) => namespace,
  )
  // There are thousands of policies and of pods, and each policy mostly names a label of few
  const named = lazyIn(podsIn, ({ labels }) => labels)
  const unpredictable = new Map(
    [...podsIn].map(([namespace, pods]) => [namespace, new Set(pods.flatMap((pod) => pod.unpredictableLabels))]),
  )
  const workloadsIn = grouped(context.collection.workloads, ({ metadata }) => metadata.namespace)
  const meant = lazyIn(workloadsIn, ({ metadata }) => metadata.labels)
  return context.cluster.policies.filter(isNetworkPolicy).flatMap((policy) => {
    if (policy.subject.requirements.length === 0 || context.incompleteIn.has(policy.namespace)) return []
    const { namespace, subject } = policy
    const found =
      named(namespace, subject).some(({ labels }) => selects(subject, labels)) ||
      subject.requirements.some(({ key }) => unpredictable.get(namespace)?.has(key))
    if (found) return []
    return [
      nobody(
        policy,
        meant(namespace, subject).find(({ metadata }) => selects(subject, metadata.labels)),
      ),
    ]
  })
}

/** What may meet a selector in a namespace, in the order of the input. */
function lazyIn<Item>(
  items: ReadonlyMap<string, readonly Item[]>,
  labelsOf: (item: Item) => Labels,
): (namespace: string, selector: Selector) => readonly Item[] {
  const known = new Map<string, ReturnType<typeof labelIndex<Item>>>()
  return (namespace, selector) => {
    const there = items.get(namespace) ?? []
    const index = known.get(namespace) ?? labelIndex(there, labelsOf)
    known.set(namespace, index)
    return index(selector) ?? there
  }
}

function nobody(policy: NetworkPolicy, meant: Collection['workloads'][number] | undefined) {
  const path = ['spec', 'podSelector']
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
