import type { PodObject } from './pod.js'
import { WORKLOAD_KINDS, type WorkloadObject } from './workload.js'

/** What people call a group of pods: the Deployment, not its ReplicaSets (D-7). */
export interface Root {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

const TEMPLATE_HASH = 'pod-template-hash'
const MADE_BY_ANOTHER: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'Job'])

/** Finds the root owner of pods and of what pods belong to, by way of `metadata.ownerReferences`. */
export function rootFinder(workloads: readonly WorkloadObject[]): (object: PodObject | WorkloadObject) => Root {
  const byName = new Map(workloads.map((workload) => [key(workload.kind, workload.metadata), workload]))
  return (object) => {
    let current: PodObject | WorkloadObject = object
    for (;;) {
      const { owner, namespace } = current.metadata
      if (owner === null || !MADE_BY_ANOTHER.has(current.kind) || owner.kind === 'Node') break
      const above = byName.get(key(owner.kind, { namespace, name: owner.name }))
      if (above === undefined) return absentOwner(current, owner)
      if (above === current || above.kind === current.kind) break
      current = above
    }
    return { kind: current.kind, namespace: current.metadata.namespace, name: current.metadata.name }
  }
}

/**
 * An owner that is not in the input. The pods of a Deployment name their ReplicaSet, which is called after the
 * Deployment and the hash that its pods carry; people know the Deployment.
 */
function absentOwner(object: PodObject | WorkloadObject, owner: { kind: string; name: string }): Root {
  const { namespace } = object.metadata
  const hash = object.kind === 'Pod' ? object.template.labels.get(TEMPLATE_HASH) : undefined
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) {
    return { kind: 'Deployment', namespace, name: owner.name.slice(0, -hash.length - 1) }
  }
  return { kind: owner.kind, namespace, name: owner.name }
}

/** Whether a kind is one whose objects own pods. */
export function isWorkloadKind(kind: string): kind is WorkloadObject['kind'] {
  return WORKLOAD_KINDS.some((known) => known === kind)
}

function key(kind: string, { namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${kind}/${name}`
}
