/** Labels that controllers add to the pods that they make (D-5). */
export const POD_NAME = 'statefulset.kubernetes.io/pod-name'
export const POD_INDEX = 'apps.kubernetes.io/pod-index'
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index'
export const JOB_NAMES: readonly string[] = ['job-name', 'batch.kubernetes.io/job-name']
export const JOB_UIDS: readonly string[] = ['controller-uid', 'batch.kubernetes.io/controller-uid']

/** Those by which two workloads with one template differ. */
export const ADDED_LABELS: ReadonlySet<string> = new Set([
  POD_NAME,
  POD_INDEX,
  COMPLETION_INDEX,
  ...JOB_NAMES,
  ...JOB_UIDS,
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'deploymentconfig',
  'serving.knative.dev/configuration',
  'serving.knative.dev/service',
  'serving.knative.dev/revision',
])
