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

/** Workloads that run no pod at present; they are judged as if they did (D-6). */
export const scaledToZero: Remark = ({ cluster }) =>
  cluster.workloads.flatMap((workload) => {
    if (workload.replicas !== 0) return []
    const message = 'the workload is scaled to zero; it is evaluated as if it ran'
    return [aboutWorkload(workload, { code: 'NP129', severity: 'info', message })]
  })

/** Pods without policies or namespaces: `kubectl get all` leaves both out (D-33). */
export const nothingToJudge: Remark = ({ cluster }) => {
  const live = cluster.workloads.some(({ pods }) => pods.some(({ addresses }) => addresses.length > 0))
  if (!live || cluster.policies.length > 0 || [...cluster.namespaces.values()].some(({ defined }) => defined)) return []
  return [
    {
      code: 'NP127',
      severity: 'warning',
      message: 'there are pods, but no policies and no namespaces',
      help: '`kubectl get all` leaves them out: kubectl get ns,no,po,svc,netpol -A -o json',
      object: null,
      path: null,
      file: null,
      line: null,
      column: null,
    },
  ]
}
