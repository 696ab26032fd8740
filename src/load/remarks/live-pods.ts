import type { Workload } from '../../model/cluster.js'
import type { WorkloadObject } from '../workload.js'
import { aboutWorkload } from './about-workload.js'
import type { Remark } from './remark-context.js'

/** Workloads whose live pods are not what their template would make: the live ones are judged (D-7). */
export const livePods: Remark = ({ cluster, collection }) => {
  const live = new Set(collection.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
  const templates = new Map(
    collection.workloads.map((template) => [
      `${template.metadata.namespace}/${template.kind}/${template.metadata.name}`,
      template,
    ]),
  )
  return cluster.workloads.flatMap((workload) => {
    const template = templates.get(workload.id)
    const isLive = workload.pods.some((pod) => live.has(`${pod.namespace}/${pod.name}`))
    const difference = template === undefined || !isLive ? null : differenceOf(workload, template)
    if (difference === null) return []
    const message = `${difference}; its live pods are evaluated, not its template`
    return [aboutWorkload(workload, { code: 'NP128', severity: 'info', message })]
  })
}

function differenceOf({ pods }: Workload, { template, replicas, kind }: WorkloadObject): string | null {
  for (const pod of pods) {
    for (const [key, value] of template.labels) {
      if (pod.labels.get(key) !== value) return `the pod \`${pod.name}\` does not have the label \`${key}=${value}\``
    }
  }
  if (replicas === null || replicas === pods.length || kind === 'Job' || kind === 'CronJob') return null
  return `${pods.length === 1 ? '1 pod is' : `${pods.length} pods are`} live, expected ${replicas}`
}
