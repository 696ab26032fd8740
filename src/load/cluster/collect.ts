import type { ReadObject } from '../decode/decode.js'
import { FAMILIES, formatAddress, type Address, type Family } from '../../net/address.js'
import type { ClusterNode, Namespace } from '../../model/cluster.js'
import { NAMESPACE_NAME_LABEL } from '../../model/labels.js'
import type { Policy } from '../../model/policy-kinds.js'
import { criteriaOf } from '../../policy/criteria.js'
import { valuesByKey } from '../../policy/mentioned.js'
import { ruleForms } from '../../policy/rule-forms.js'
import type { ServiceObject } from '../decode/cluster-objects.js'
import type { PodObject } from '../decode/pod.js'
import type { MentionedValues } from './template-pods.js'
import type { WorkloadObject } from '../decode/workload.js'

/** The objects of the input by what they are. */
export interface Collection {
  readonly policies: Policy[]
  readonly pods: PodObject[]
  readonly workloads: WorkloadObject[]
  readonly namespaces: Namespace[]
  readonly nodes: ClusterNode[]
  readonly services: ServiceObject[]
}

export function collect(objects: readonly ReadObject[]): Collection {
  const collection: Collection = { policies: [], pods: [], workloads: [], namespaces: [], nodes: [], services: [] }
  for (const { decoded, source } of objects) {
    switch (decoded.is) {
      case 'policy':
        collection.policies.push(decoded.object.policy)
        break
      case 'pod':
        collection.pods.push(decoded.object)
        break
      case 'workload':
        collection.workloads.push(decoded.object)
        break
      case 'namespace':
        collection.namespaces.push({ ...decoded.object, source })
        break
      case 'node':
        collection.nodes.push({ ...decoded.object, source })
        break
      case 'service':
        collection.services.push(decoded.object)
        break
      // They belong to a Service, and are read with it
      case 'endpoints':
        break
    }
  }
  return collection
}

/** Every namespace that is defined or that an object is in; the latter has its one label. */
export function namespacesOf({
  namespaces,
  policies,
  pods,
  workloads,
  services,
}: Collection): ReadonlyMap<string, Namespace> {
  const named = [
    ...policies.flatMap(({ namespace }) => namespace ?? []),
    ...[...pods, ...workloads, ...services].map(({ metadata }) => metadata.namespace),
  ]
  return new Map<string, Namespace>([
    ...named.map((name) => [name, { name, labels: new Map([[NAMESPACE_NAME_LABEL, name]]), defined: false }] as const),
    ...namespaces.map((namespace) => [namespace.name, namespace] as const),
  ])
}

/** Nodes that are defined, and those that pods say they run on; pods on a host's network have its addresses (D-10). */
export function nodesOf({ nodes, pods }: Collection): ReadonlyMap<string, ClusterNode> {
  const known = new Map(nodes.map((node) => [node.name, node]))
  for (const { template, addresses, hostAddresses } of pods) {
    if (template.node === null) continue
    const node = known.get(template.node) ?? { name: template.node, addresses: [], externalAddresses: [], labels: null }
    const shown = template.hostNetwork ? [...hostAddresses, ...addresses] : hostAddresses
    const all = new Map([...node.addresses, ...shown].map((address) => [formatAddress(address), address]))
    known.set(node.name, { ...node, addresses: [...all.values()] })
  }
  return known
}

/** The address families that the input shows; IPv4 where it shows none. */
export function familiesOf({ pods, services }: Collection, nodes: ReadonlyMap<string, ClusterNode>): readonly Family[] {
  const addresses: readonly Address[] = [
    ...pods.flatMap((pod) => [...pod.addresses, ...pod.hostAddresses]),
    ...[...nodes.values()].flatMap((node) => [...node.addresses, ...node.externalAddresses]),
  ]
  const shown = new Set([...addresses.map(({ family }) => family), ...services.flatMap(({ families }) => families)])
  return shown.size === 0 ? ['IPv4'] : FAMILIES.filter((family) => shown.has(family))
}

/** The label values that selectors of policies mention, by key. */
export function mentionedBy(policies: readonly Policy[]): MentionedValues {
  return valuesByKey(criteriaOf(ruleForms(policies)).pods)
}
