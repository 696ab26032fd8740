import type { Pod } from '../../model/cluster.js'
import { ORDINAL_LABELS, podLabels, unpredictableLabels } from './controller-labels.js'
import { asOwner, type WorkloadObject } from '../decode/workload.js'

/** The values that selectors of the input mention, by label key. */
export type MentionedValues = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The pods that a template stands for: one for all replicas, because nothing tells them apart, and one each for the
 * numbered pods that some selector singles out (D-6). They have no address and no phase (D-11).
 */
export function templatePods(workload: WorkloadObject, mentioned: MentionedValues): readonly Pod[] {
  const { firstOrdinal: first, replicas } = workload
  if (first === null || !ORDINAL_LABELS.some((key) => mentioned.has(key))) return [makePod(workload, first, replicas)]
  const end = first + workload.ordinals
  const single = [...singledOut(workload, mentioned)].filter((ordinal) => ordinal >= first && ordinal < end)
  const pods = single.sort((a, b) => a - b).map((ordinal) => makePod(workload, ordinal, 1))
  const rest = firstFree(first, new Set(single))
  return rest < end || pods.length === 0 ? [...pods, makePod(workload, rest, end - first - single.length)] : pods
}

/** The ordinals whose labels some selector mentions. */
function singledOut(workload: WorkloadObject, mentioned: MentionedValues): ReadonlySet<number> {
  const values = ORDINAL_LABELS.flatMap((key) => [...(mentioned.get(key) ?? [])])
  const mentions = new Set(values)
  const ordinals = values.map((value) => Number(/(?:^|-)(\d{1,9})$/.exec(value)?.[1] ?? NaN))
  return new Set(
    ordinals.filter((ordinal) => [...podLabels(workload, ordinal).values()].some((value) => mentions.has(value))),
  )
}

function firstFree(from: number, taken: ReadonlySet<number>): number {
  let free = from
  while (taken.has(free)) free++
  return free
}

function makePod(workload: WorkloadObject, ordinal: number | null, count: number | null): Pod {
  const { metadata, template } = workload
  const single = ordinal !== null && count === 1 && workload.replicas !== 1
  return {
    namespace: metadata.namespace,
    name: single ? `${metadata.name}-${ordinal}` : metadata.name,
    labels: podLabels(workload, ordinal),
    numberedLabels: ordinal !== null && count !== 1 ? ORDINAL_LABELS : [],
    unpredictableLabels: unpredictableLabels(workload),
    ports: template.ports,
    initPorts: template.initPorts,
    hostNetwork: template.hostNetwork,
    running: false,
    readiness: 'ready',
    addresses: [],
    node: template.node,
    nodeAddresses: [],
    owner: asOwner(workload),
    hasNamespace: metadata.hasNamespace,
    count,
  }
}
