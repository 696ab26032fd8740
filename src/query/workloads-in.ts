import type { Workload } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { once } from '../model/once.js'
import { matchesGlob } from './glob.js'

const byNamespace = once((workloads: readonly Workload[]) => grouped(workloads, ({ namespace }) => namespace))

/** The workloads of a namespace, or of those that a pattern with `*` fits, in their order. */
export function workloadsIn(workloads: readonly Workload[], pattern: string): readonly Workload[] {
  if (pattern.includes('*')) return workloads.filter(({ namespace }) => matchesGlob(pattern, namespace))
  return byNamespace(workloads).get(pattern) ?? []
}
