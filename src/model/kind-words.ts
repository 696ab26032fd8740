/** The kinds that can be an end of a connection, with the short names of kubectl. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
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

/** The other kinds that people name. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  Namespace: ['ns', 'namespace', 'namespaces'],
  NetworkPolicy: ['netpol', 'networkpolicy', 'networkpolicies'],
  ClusterNetworkPolicy: ['cnp', 'clusternetworkpolicy', 'clusternetworkpolicies'],
  AdminNetworkPolicy: ['anp', 'adminnetworkpolicy', 'adminnetworkpolicies'],
  BaselineAdminNetworkPolicy: ['banp', 'baselineadminnetworkpolicy', 'baselineadminnetworkpolicies'],
}

/** The kind of a peer that a word means, in any case, or null. */
export function peerKindOf(word: string): string | null {
  return kindIn(PEERS, word)
}

/** The kind that a word means, in any case, or null. */
export function kindMeantBy(word: string): string | null {
  return peerKindOf(word) ?? kindIn(OTHERS, word)
}

function kindIn(table: Readonly<Record<string, readonly string[]>>, word: string): string | null {
  const folded = word.toLowerCase()
  return Object.keys(table).find((kind) => table[kind]?.includes(folded)) ?? null
}
