import { workloadId, type ClusterNode, type Pod, type PodOwner, type Workload } from '../../model/cluster.js'
import { isSameList } from '../../model/same-list.js'
import { notRepresented } from './live-difference.js'
import { rootFinder, type Root } from '../decode/owners.js'
import type { PodObject } from '../decode/pod.js'
import { templatePods, type MentionedValues } from './template-pods.js'
import { asOwner, type WorkloadObject } from '../decode/workload.js'

interface Group {
  readonly root: Root
  readonly live: PodObject[]
  readonly templates: WorkloadObject[]
}

/** Stands behind the name of a pod that a template makes beside live ones; no name can have it. */
const OF_TEMPLATE = '-<template>'

type Nodes = ReadonlyMap<string, ClusterNode>

/** Groups pods and templates into workloads. */
export type WorkloadGrouper = (
  pods: readonly PodObject[],
  owners: readonly WorkloadObject[],
  nodes: Nodes,
  mentioned: MentionedValues,
) => readonly Workload[]

/** Groups what several clusters hold, one after the other: a workload of the same objects as before is the same one. */
export function workloadGrouper(): WorkloadGrouper {
  let before: { readonly nodes: Nodes; readonly mentioned: MentionedValues; readonly made: Made } | null = null
  return (pods, owners, nodes, mentioned) => {
    const known = before !== null && isAlike(before.nodes, nodes, before.mentioned, mentioned) ? before.made : new Map()
    const made = groupWorkloads(pods, owners, nodes, mentioned, known)
    before = { nodes, mentioned, made }
    return [...made.values()].map(({ workload }) => workload).sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))
  }
}

type Made = ReadonlyMap<string, { readonly group: Group; readonly workload: Workload }>

/** Whether pods of the same objects would be on nodes with the same addresses, and be told apart by the same labels. */
function isAlike(oldNodes: Nodes, nodes: Nodes, before: MentionedValues, mentioned: MentionedValues): boolean {
  return (
    oldNodes.size === nodes.size &&
    [...nodes].every(([name, { addresses }]) => {
      const old = oldNodes.get(name)
      return (
        old !== undefined &&
        isSameList(old.addresses, addresses, (a, b) => a.family === b.family && a.value === b.value)
      )
    }) &&
    before.size === mentioned.size &&
    [...mentioned].every(([key, values]) => {
      const old = before.get(key)
      return old?.size === values.size && [...values].every((value) => old.has(value))
    })
  )
}

/**
 * Groups pods under the name that people call them by. Live pods stand for their workload, since they carry addresses
 * and nodes; without any, its template does (D-7). Where no live pod is what the template would make, the template stands
 * beside them: the pods of tomorrow are its.
 */
function groupWorkloads(
  pods: readonly PodObject[],
  owners: readonly WorkloadObject[],
  nodes: Nodes,
  mentioned: MentionedValues,
  known: Made,
): Made {
  const rootOf = rootFinder(owners)
  const groups = new Map<string, Group>()
  const groupOf = (root: Root): Group => {
    const id = workloadId(root)
    const group = groups.get(id) ?? { root, live: [], templates: [] }
    groups.set(id, group)
    return group
  }
  for (const pod of pods) if (!pod.finished) groupOf(rootOf(pod)).live.push(pod)
  for (const owner of owners) groupOf(rootOf(owner)).templates.push(owner)
  const isSame = (a: object, b: object) => a === b
  return new Map(
    [...groups].map(([id, group]) => {
      const before = known.get(id)
      const isKnown =
        before !== undefined &&
        isSameList(before.group.live, group.live, isSame) &&
        isSameList(before.group.templates, group.templates, isSame)
      return [id, isKnown ? before : { group, workload: toWorkload(group, nodes, mentioned) }]
    }),
  )
}

function toWorkload({ root, live, templates }: Group, nodes: Nodes, mentioned: MentionedValues): Workload {
  const own = templates.find(({ kind, metadata }) => kind === root.kind && metadata.name === root.name)
  const busy = templates.filter(({ replicas }) => replicas !== 0)
  const standing = own !== undefined ? [own] : busy.length > 0 ? busy : templates.slice(0, 1)
  const owner = own === undefined ? null : asOwner(own)
  const alive = live
    .map((pod) => livePod(pod, nodes, owner))
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  const unlike = own === undefined ? null : notRepresented(own, alive, mentioned)
  const pods =
    alive.length === 0
      ? standing.flatMap((template) => templatePods(template, mentioned))
      : unlike === null || own === undefined
        ? alive
        : [...alive, ...templatePods(own, mentioned).map((pod) => ({ ...pod, name: `${pod.name}${OF_TEMPLATE}` }))]
  const source = own?.source ?? live[0]?.source ?? templates[0]?.source
  if (source === undefined) throw new Error(`the workload ${workloadId(root)} has neither pods nor a template`)
  const replicas =
    live.length > 0
      ? live.length
      : standing.reduce<number | null>(
          (sum, { replicas: more }) => (sum === null || more === null ? null : sum + more),
          0,
        )
  return { ...root, id: workloadId(root), source, pods, replicas }
}

function livePod(pod: PodObject, nodes: Nodes, owner: PodOwner | null): Pod {
  const { metadata, template, addresses, hostAddresses } = pod
  const node = template.node === null ? undefined : nodes.get(template.node)
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    labels: template.labels,
    numberedLabels: [],
    unpredictableLabels: [],
    ports: template.ports,
    initPorts: template.initPorts,
    hostNetwork: template.hostNetwork,
    running: pod.running,
    readiness: pod.readiness,
    addresses,
    node: template.node,
    nodeAddresses: node?.addresses ?? hostAddresses,
    owner,
    hasNamespace: metadata.hasNamespace,
    count: 1,
  }
}
