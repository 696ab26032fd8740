import type { Workload } from '../../model/cluster.js'
import { differenceOf, notRepresented } from '../cluster/live-difference.js'
import type { MentionedValues } from '../cluster/template-pods.js'
import type { WorkloadObject } from '../decode/workload.js'
import { aboutWorkload } from './about-workload.js'
import type { Remark } from './remark-context.js'

/**
 * Workloads whose live pods are not what their template would make (D-7). Where none of them is, the template is evaluated
 * beside them; where only some are not, as while a change is rolled out, the live ones stand for it.
 */
export const livePods: Remark = ({ cluster, collection, mentioned }) => {
  const live = new Set(collection.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
  const templates = new Map(
    collection.workloads.map((template) => [
      `${template.metadata.namespace}/${template.kind}/${template.metadata.name}`,
      template,
    ]),
  )
  return cluster.workloads.flatMap((workload) => {
    const template = templates.get(workload.id)
    const alive = workload.pods.filter((pod) => live.has(`${pod.namespace}/${pod.name}`))
    if (template === undefined || alive.length === 0) return []
    return remarksOn({ ...workload, pods: alive }, template, mentioned)
  })
}

function remarksOn(workload: Workload, template: WorkloadObject, mentioned: MentionedValues): ReturnType<Remark> {
  const { pods } = workload
  const unlike = notRepresented(template, pods, mentioned)
  if (unlike !== null) {
    const message = `${unlike}; its template is evaluated beside its live pods`
    return [aboutWorkload(workload, { code: 'NP128', severity: 'warning', message })]
  }
  const odd = pods.find((pod) => differenceOf(template, pod, mentioned) !== null)
  const difference =
    odd === undefined
      ? countDifference(pods.length, template)
      : `the pod \`${odd.name}\` ${differenceOf(template, odd, mentioned) ?? ''}`
  if (difference === null) return []
  const message = `${difference}; its live pods are evaluated, not its template`
  return [aboutWorkload(workload, { code: 'NP128', severity: 'info', message })]
}

function countDifference(live: number, { replicas, kind }: WorkloadObject): string | null {
  if (replicas === null || replicas === live || kind === 'Job' || kind === 'CronJob') return null
  return `${live === 1 ? '1 pod is' : `${live} pods are`} live, expected ${replicas}`
}
