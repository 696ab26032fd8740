import { ADDED_LABELS } from '../../model/added-labels.js'
import type { Workload } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'

/** A workload that has another name now. */
export interface Renamed {
  readonly from: Workload
  readonly to: Workload
}

/**
 * A workload that went and one that came, in one namespace and with the labels of one pod template, are the same under another
 * name, if no other that went or came has these labels: who is renamed does not get past a review.
 */
export function renamedWorkloads(before: readonly Workload[], after: readonly Workload[]): readonly Renamed[] {
  const [old, now] = [before, after].map((workloads) => new Set(workloads.map(({ id }) => id)))
  const went = grouped(
    before.filter(({ id }) => now?.has(id) !== true),
    labelsKey,
  )
  const came = grouped(
    after.filter(({ id }) => old?.has(id) !== true),
    labelsKey,
  )
  return [...went].flatMap(([key, [from, ...others]]) => {
    const [to, ...more] = came.get(key) ?? []
    return from === undefined || to === undefined || others.length + more.length > 0 ? [] : [{ from, to }]
  })
}

/** A namespace and the labels that pods have from their template. */
function labelsKey({ namespace, pods: [pod] }: Workload): string {
  const labels = [...(pod?.labels ?? [])].filter(
    ([key]) => !ADDED_LABELS.has(key) && pod?.unpredictableLabels.includes(key) !== true,
  )
  return JSON.stringify([namespace, labels.sort(([a], [b]) => (a < b ? -1 : 1))])
}
