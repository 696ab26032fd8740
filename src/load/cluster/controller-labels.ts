import { COMPLETION_INDEX, JOB_NAMES, JOB_UIDS, POD_INDEX, POD_NAME } from '../../model/added-labels.js'
import type { Labels } from '../../model/labels.js'
import { REVISION_LABEL, SERVICE_LABEL } from '../decode/knative.js'
import type { WorkloadKind, WorkloadObject } from '../decode/workload.js'

/** The labels that each kind's controller adds with values that nobody can predict (D-5). */
const UNPREDICTABLE: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Deployment: ['pod-template-hash'],
  ReplicaSet: [],
  StatefulSet: ['controller-revision-hash'],
  DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
  Job: JOB_UIDS,
  CronJob: [...JOB_NAMES, ...JOB_UIDS],
  ReplicationController: [],
  Rollout: ['rollouts-pod-template-hash', 'pod-template-hash'],
  DeploymentConfig: ['deployment'],
  CloneSet: [
    'apps.kruise.io/cloneset-instance-id',
    'controller-revision-hash',
    'pod-template-hash',
    'lifecycle.apps.kruise.io/state',
  ],
  KnativeService: [
    'serving.knative.dev/configurationGeneration',
    'serving.knative.dev/configurationUID',
    'serving.knative.dev/revisionUID',
    'serving.knative.dev/serviceUID',
    'pod-template-hash',
  ],
}

/** The labels of a workload's pods with values that nobody can predict (D-5). */
export function unpredictableLabels({ kind, template, revision }: WorkloadObject): readonly string[] {
  if (kind !== 'KnativeService' || revision !== null) return UNPREDICTABLE[kind]
  return [...UNPREDICTABLE[kind], REVISION_LABEL, ...(template.labels.has('app') ? [] : ['app'])]
}

/** The labels by which selectors can tell numbered pods of one workload apart (D-6). */
export const ORDINAL_LABELS: readonly string[] = [POD_NAME, POD_INDEX, COMPLETION_INDEX]

/** The labels of a pod of the workload: its template's, and those that the controller adds (D-5). */
export function podLabels({ kind, metadata, template, revision }: WorkloadObject, ordinal: number | null): Labels {
  const added: (readonly [string, string])[] = []
  if (kind === 'Job') added.push(...JOB_NAMES.map((key) => [key, metadata.name] as const))
  if (kind === 'DeploymentConfig') added.push(['deploymentconfig', metadata.name])
  if (kind === 'KnativeService') {
    added.push(['serving.knative.dev/configuration', metadata.name], [SERVICE_LABEL, metadata.name])
    if (revision !== null) added.push([REVISION_LABEL, revision])
    if (revision !== null && !template.labels.has('app')) added.push(['app', revision])
  }
  if (ordinal !== null && kind === 'StatefulSet') {
    added.push([POD_NAME, `${metadata.name}-${ordinal}`], [POD_INDEX, String(ordinal)])
  }
  if (ordinal !== null && kind !== 'StatefulSet') added.push([COMPLETION_INDEX, String(ordinal)])
  return new Map([...template.labels, ...added])
}
