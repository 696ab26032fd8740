import type { Pod } from '../../model/cluster.js'
import { ORDINAL_LABELS, podLabels, unpredictableLabels } from './controller-labels.js'
import type { MentionedValues } from './template-pods.js'
import type { WorkloadObject } from '../decode/workload.js'

/** How the first live pod differs from what its template would make, in words; null where some live pod does not. */
export function notRepresented(
  template: WorkloadObject,
  live: readonly Pod[],
  mentioned: MentionedValues,
): string | null {
  let first: string | null = null
  for (const pod of live) {
    const difference = differenceOf(template, pod, mentioned)
    if (difference === null) return null
    first ??= `the pod \`${pod.name}\` ${difference}`
  }
  return first
}

/** How a live pod differs from what its template would make, as far as policies can see; null where it does not. */
export function differenceOf(workload: WorkloadObject, pod: Pod, mentioned: MentionedValues): string | null {
  const { template } = workload
  const missing = [...template.labels].find(([key, value]) => pod.labels.get(key) !== value)
  if (missing !== undefined) return `does not have the label \`${missing.join('=')}\``
  const added = new Set([
    ...podLabels(workload, 0).keys(),
    ...unpredictableLabels(workload),
    ...ORDINAL_LABELS,
    'pod-template-hash',
  ])
  const more = [...pod.labels].find(([key]) => !added.has(key) && mentioned.has(key))
  if (more !== undefined) return `has the label \`${more.join('=')}\`, which its template does not`
  const port = template.ports.find(
    ({ name, protocol, port: number }) =>
      !pod.ports.some((one) => one.name === name && one.protocol === protocol && one.port === number),
  )
  if (port !== undefined)
    return `does not declare the port ${port.name ?? ''}${port.name === null ? '' : ' '}${port.port}/${port.protocol}`
  if (pod.hostNetwork === template.hostNetwork) return null
  return template.hostNetwork ? "is not on the host's network" : "is on the host's network"
}
