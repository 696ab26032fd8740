import { meets, NAMESPACE_NAME_LABEL, type Requirement, type Selector } from '../model/labels.js'
import type { Cluster, ClusterNode, Namespace, Pod } from '../model/cluster.js'
import type { SelectorPeer } from '../model/policy.js'
import { AS_IT_STANDS, type Completion } from './completions.js'
import { all, doubtful, NO, sure, YES, type Doubt, type DoubtSite, type Truth, type UnknownLabel } from './truth.js'

/** Whether a subject or peer names a pod; without a namespace selector it means its policy's own namespace. */
export function selects(
  { namespaces, pods }: SelectorPeer,
  home: string | null,
  cluster: Pick<Cluster, 'namespaces'>,
  pod: Pod,
  site: DoubtSite,
  completion?: Completion,
  replica?: number,
): Truth {
  const ofPod = () => (pods === null ? YES : selectsPod(pods, pod, site, completion, replica))
  if (namespaces === null) return pod.namespace === home ? ofPod() : NO
  const namespace = cluster.namespaces.get(pod.namespace)
  return namespace === undefined ? NO : all([selectsNamespace(namespaces, namespace, site, completion), ofPod()])
}

/** Whether a selector picks a pod by its labels; in doubt where it asks for a label that only a controller knows (D-5). */
export function selectsPod(
  selector: Selector,
  pod: Pod,
  site: DoubtSite,
  completion: Completion = AS_IT_STANDS,
  replica = 0,
): Truth {
  return all(
    selector.requirements.map((requirement) => {
      const { key } = requirement
      const met = meets(pod.labels, requirement)
      if (!pod.unpredictableLabels.includes(key)) return sure(met)
      const label = { id: `pod ${pod.namespace}/${pod.name} ${replica} ${key}`, of: 'pod', key } as const
      return guess(requirement, met, { code: 'label-unpredictable', about: key, site, label }, completion)
    }),
  )
}

/** Whether a selector picks a namespace; in doubt where nobody defines the namespace and its labels are unknown. */
export function selectsNamespace(
  selector: Selector,
  namespace: Namespace,
  site: DoubtSite,
  completion: Completion = AS_IT_STANDS,
): Truth {
  return all(
    selector.requirements.map((requirement) => {
      const { key } = requirement
      const { name, defined } = namespace
      const met = meets(namespace.labels, requirement)
      if (defined || key === NAMESPACE_NAME_LABEL) return sure(met)
      const label = { id: `namespace ${name} ${key}`, of: 'namespace', key } as const
      return guess(requirement, met, { code: 'namespace-labels-unknown', about: name, site, label }, completion)
    }),
  )
}

/** Whether a selector picks a node; in doubt where there is no Node object that says its labels (C-17). */
export function selectsNode(
  selector: Selector,
  { name, labels }: ClusterNode,
  site: DoubtSite,
  completion: Completion = AS_IT_STANDS,
): Truth {
  return all(
    selector.requirements.map((requirement) => {
      if (labels !== null) return sure(meets(labels, requirement))
      const { key } = requirement
      const label = { id: `node ${name} ${key}`, of: 'node', key } as const
      const met = meets(NO_LABELS, requirement)
      return guess(requirement, met, { code: 'node-labels-unknown', about: `node/${name}`, site, label }, completion)
    }),
  )
}

const NO_LABELS: ReadonlyMap<string, string> = new Map()

/** A requirement of an unknown label: in doubt, unless it is guessed what the label is. */
function guess(
  requirement: Requirement,
  met: boolean,
  doubt: Doubt & { readonly label: UnknownLabel },
  completion: Completion,
): Truth {
  const guessed = completion.get(doubt.label.id)
  if (guessed === undefined) return doubtful(met, doubt)
  return sure(meets(guessed === null ? NO_LABELS : new Map([[requirement.key, guessed]]), requirement))
}
