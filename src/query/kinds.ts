/** The kinds that a peer can name, with the short names of kubectl. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['po', 'pod', 'pods'],
  Deployment: ['deploy', 'deployment', 'deployments'],
  ReplicaSet: ['rs', 'replicaset', 'replicasets'],
  StatefulSet: ['sts', 'statefulset', 'statefulsets'],
  DaemonSet: ['ds', 'daemonset', 'daemonsets'],
  Job: ['job', 'jobs'],
  CronJob: ['cj', 'cronjob', 'cronjobs'],
  ReplicationController: ['rc', 'replicationcontroller', 'replicationcontrollers'],
  Rollout: ['ro', 'rollout', 'rollouts'],
  DeploymentConfig: ['dc', 'deploymentconfig', 'deploymentconfigs'],
  KnativeService: ['ksvc', 'kservice', 'kservices', 'knativeservice', 'knativeservices'],
  CloneSet: ['clone', 'cloneset', 'clonesets'],
  Node: ['no', 'node', 'nodes'],
  Service: ['svc', 'service', 'services'],
}

/** The kind that a word means, in any case, or null. */
export function kindOf(word: string): string | null {
  const folded = word.toLowerCase()
  return Object.keys(KINDS).find((kind) => KINDS[kind]?.includes(folded)) ?? null
}
