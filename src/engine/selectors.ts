import { meets, NAMESPACE_NAME_LABEL, type Selector } from '../model/labels.js'
import type { Namespace, Pod } from '../model/cluster.js'
import { all, doubtful, sure, type DoubtSite, type Truth } from './truth.js'

/** Whether a selector picks a pod by its labels; in doubt where it asks for a label that only a controller knows (D-5). */
export function selectsPod(selector: Selector, pod: Pod, site: DoubtSite): Truth {
  return all(
    selector.requirements.map((requirement) => {
      const met = meets(pod.labels, requirement)
      return pod.unpredictableLabels.includes(requirement.key)
        ? doubtful(met, { code: 'label-unpredictable', about: requirement.key, site })
        : sure(met)
    }),
  )
}

/** Whether a selector picks a namespace; in doubt where nobody defines the namespace and its labels are unknown. */
export function selectsNamespace(selector: Selector, namespace: Namespace, site: DoubtSite): Truth {
  return all(
    selector.requirements.map((requirement) => {
      const met = meets(namespace.labels, requirement)
      return namespace.defined || requirement.key === NAMESPACE_NAME_LABEL
        ? sure(met)
        : doubtful(met, { code: 'namespace-labels-unknown', about: namespace.name, site })
    }),
  )
}
