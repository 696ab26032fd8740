import type { ContainerPort } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import { aboutWorkload } from './about-workload.js'
import type { Remark } from './remark-context.js'

/** Pods in which one port name stands for several numbers: any of them matches (A-54f). */
export const doubledPortNames: Remark = ({ cluster }) =>
  cluster.workloads.flatMap((workload) => {
    const doubled = workload.pods.map(({ ports }) => doubledIn(ports)).find((port) => port !== undefined)
    if (doubled === undefined) return []
    const message = `the port name \`${doubled.name ?? ''}\` stands for different numbers in one pod; policies that name it open all of them`
    return [aboutWorkload(workload, { code: 'NP121', severity: 'warning', message })]
  })

function doubledIn(ports: readonly ContainerPort[]): ContainerPort | undefined {
  const named = grouped(
    ports.filter(({ name }) => name !== null),
    ({ name, protocol }) => `${name ?? ''}/${protocol}`,
  )
  // The groups are in the order of their first ports
  return [...named.values()].find(([first, ...others]) => others.some(({ port }) => port !== first?.port))?.[0]
}

/** Workloads that run no pod at present; they are evaluated as if they did (D-6). */
export const scaledToZero: Remark = ({ cluster }) =>
  cluster.workloads.flatMap((workload) => {
    if (workload.replicas !== 0) return []
    const message = 'the workload is scaled to zero; it is evaluated as if it ran'
    return [aboutWorkload(workload, { code: 'NP129', severity: 'info', message })]
  })

/** Pods without policies: all is allowed, which reassures falsely if the policies stand elsewhere (D-33). */
export const noPolicies: Remark = ({ cluster, isRead }) => {
  if (!isRead || cluster.workloads.length === 0 || cluster.policies.length > 0) return []
  const isDump =
    ![...cluster.namespaces.values()].some(({ defined }) => defined) &&
    cluster.workloads.some(({ pods }) => pods.some(({ addresses }) => addresses.length > 0))
  return [
    {
      code: 'NP127',
      severity: 'warning',
      message: 'the input has no NetworkPolicies, so nothing is denied',
      help: isDump
        ? '`kubectl get all` leaves policies and namespaces out: kubectl get ns,no,po,svc,netpol -A -o json'
        : 'name the folder with the policies, too: -f PATH',
      object: null,
      path: null,
      file: null,
      line: null,
      column: null,
    },
  ]
}
