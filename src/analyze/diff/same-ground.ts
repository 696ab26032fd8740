import { lazy } from '../../model/once.js'
import { criteriaOf } from '../../policy/criteria.js'
import { ruleForms } from '../../policy/rule-forms.js'
import type { Cluster } from '../../model/cluster.js'
import { mixedEndpoint } from './edits/endpoint-edits.js'
import { mixedNamespace, mixedNode, mixedNodeLabels, mixedSettings } from './edits/surroundings.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { DiffSide } from './joint-world.js'

/** Whether two sides have the same endpoints, namespaces, nodes and settings as far as policies see them, so that only policies can differ. */
export function isSameGround(base: DiffSide, head: DiffSide, pairs: readonly EndpointPair[]): boolean {
  const [old, now] = [base.cluster, head.cluster]
  const names = (of: 'namespaces' | 'nodes') => [...new Set([...old[of].keys(), ...now[of].keys()])]
  const isAskedFor = lazy(() => [old, now].some(({ policies }) => criteriaOf(ruleForms(policies)).nodes.length > 0))
  return (
    mixedSettings(base, head).edits.length === 0 &&
    pairs.every(isSameEndpoint) &&
    names('namespaces').every((name) => isSameNamespace(name, old, now)) &&
    names('nodes').every(
      (name) =>
        mixedNode(name, old, now).edits.length === 0 &&
        (mixedNodeLabels(name, old, now).edits.length === 0 || !isAskedFor()),
    )
  )
}

function isSameEndpoint(pair: EndpointPair): boolean {
  const { base, head } = pair
  if (base === null || head === null) return false
  return base === head || mixedEndpoint(pair, (_, __, make) => make()).edits.length === 0
}

/** Namespaces of the same file have the very same labels. */
function isSameNamespace(name: string, old: Cluster, now: Cluster): boolean {
  const labels = now.namespaces.get(name)?.labels
  return (
    (labels !== undefined && labels === old.namespaces.get(name)?.labels) ||
    mixedNamespace(name, old, now).edits.length === 0
  )
}
