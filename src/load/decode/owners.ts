import type { Labels } from '../../model/labels.js'
import { KNATIVE_SERVICE } from '../kinds/kinds.js'
import { REVISION_LABEL, SERVICE_LABEL } from './knative.js'
import type { PodObject } from './pod.js'
import { WORKLOAD_KINDS, type WorkloadObject } from './workload.js'

/** What people call a group of pods: the Deployment, not its ReplicaSets (D-7). */
export interface Root {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** The owners of ReplicaSets, by the label that says which of their ReplicaSets a pod belongs to. */
const HASHED = [
  ['rollouts-pod-template-hash', 'Rollout'],
  ['pod-template-hash', 'Deployment'],
] as const
const MADE_BY_ANOTHER: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'ReplicationController', 'Job'])

/** Finds the root owner of pods and of what pods belong to, by way of `metadata.ownerReferences`. */
export function rootFinder(workloads: readonly WorkloadObject[]): (object: PodObject | WorkloadObject) => Root {
  const byName = new Map(workloads.map((workload) => [key(workload.kind, workload.metadata), workload]))
  const ownerOf = (object: PodObject | WorkloadObject): Root => {
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
  return (object) => {
    const root = ownerOf(object)
    return knativeRoot(root, object.template.labels, byName) ?? root
  }
}

/** The Knative Service whose revision a Deployment runs, by the labels of its pods; null for any other workload. */
function knativeRoot(
  { kind, namespace, name }: Root,
  labels: Labels,
  known: ReadonlyMap<string, unknown>,
): Root | null {
  const [service, revision] = [labels.get(SERVICE_LABEL), labels.get(REVISION_LABEL)]
  if (kind !== 'Deployment' || service === undefined || name !== `${revision ?? ''}-deployment`) return null
  const root = { kind: KNATIVE_SERVICE, namespace, name: service }
  return known.has(key(root.kind, root)) ? root : null
}

/**
 * An owner that is not in the input. The pods of a Deployment or Rollout name their ReplicaSet, which is called after that
 * and the hash that its pods carry; people know the Deployment. So it is with the pods of a DeploymentConfig.
 */
function absentOwner(object: PodObject | WorkloadObject, owner: { kind: string; name: string }): Root {
  const { namespace } = object.metadata
  const { labels } = object.template
  for (const [label, kind] of object.kind === 'Pod' && owner.kind === 'ReplicaSet' ? HASHED : []) {
    const hash = labels.get(label)
    if (hash === undefined || !owner.name.endsWith(`-${hash}`)) continue
    return { kind, namespace, name: owner.name.slice(0, -hash.length - 1) }
  }
  const config =
    object.kind === 'Pod' && owner.kind === 'ReplicationController' ? labels.get('deploymentconfig') : undefined
  if (config !== undefined && owner.name.startsWith(`${config}-`)) {
    return { kind: 'DeploymentConfig', namespace, name: config }
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
