import { unservedKind } from './served-kinds.js'

/** The kinds that are read, with the one apiVersion that clusters serve for each (B-7). */
export const USED_KINDS = {
  Namespace: 'v1',
  Pod: 'v1',
  Node: 'v1',
  Service: 'v1',
  Endpoints: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
  DeploymentConfig: 'apps.openshift.io/v1',
  CloneSet: 'apps.kruise.io/v1alpha1',
  NetworkPolicy: 'networking.k8s.io/v1',
  AdminNetworkPolicy: 'policy.networking.k8s.io/v1alpha1',
  BaselineAdminNetworkPolicy: 'policy.networking.k8s.io/v1alpha1',
  ClusterNetworkPolicy: 'policy.networking.k8s.io/v1alpha2',
} as const

/** Two kinds are called Service; this one makes pods, and has another name here. */
export const KNATIVE_SERVICE = 'KnativeService'
const KNATIVE = { kind: 'Service', apiVersion: 'serving.knative.dev/v1', name: KNATIVE_SERVICE } as const

export type UsedKind = keyof typeof USED_KINDS | typeof KNATIVE.name

/** Kinds of other systems that decide about connections as well; verdicts without them may differ (B-43). */
const OTHER_POLICIES: Readonly<Record<string, RegExp>> = {
  'cilium.io': /^Cilium(?:Clusterwide)?NetworkPolicy$|^CiliumLocalRedirectPolicy$/,
  'crd.projectcalico.org': /NetworkPolicy$/,
  'projectcalico.org': /NetworkPolicy$/,
  'crd.antrea.io': /NetworkPolicy$|^Tier$/,
  'security.antrea.io': /NetworkPolicy$/,
  'policy.networking.k8s.io': /NetworkPolicy$/,
  'security.istio.io': /^AuthorizationPolicy$/,
  'policy.linkerd.io': /^AuthorizationPolicy$|^ServerAuthorization$|^Server$/,
  'kuma.io': /TrafficPermission$/,
  'k8s.ovn.org': /^(?:EgressFirewall|AdminPolicyBasedExternalRoute)$/,
  'network.openshift.io': /^EgressNetworkPolicy$/,
}

/** The versions of the policies of the cluster that are read. */
const KNOWN_VERSIONS = /^policy\.networking\.k8s\.io\/v1alpha[12]$/

/** Whether objects of a kind are policies that are evaluated. */
export function isPolicyKind(kind: string): boolean {
  return /^(?:Admin|BaselineAdmin|Cluster)?NetworkPolicy$/.test(kind)
}

/** Whether objects of a kind are in no namespace. */
export function isOfCluster(kind: string): boolean {
  return kind === 'Namespace' || kind === 'Node' || (isPolicyKind(kind) && kind !== 'NetworkPolicy')
}

/** What the loader does with an object of a kind. */
export type Classification =
  | { readonly use: UsedKind }
  | { readonly wrongVersion: string }
  | { readonly misspelt: string | null }
  | { readonly otherPolicy: string }
  | 'irrelevant'

/**
 * Sorts an object by kind and API group; a kind of the same name in the group of somebody else is another kind. In the
 * groups of Kubernetes itself it is a mistake, and so is a kind in the wrong case: both would be skipped silently.
 */
export function classify(kind: string, apiVersion: string): Classification {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  if (isUsedKind(kind) && isPolicyKind(kind)) {
    const expected = USED_KINDS[kind]
    if (apiVersion === expected) return { use: kind }
    // A version that came first or later is another API; one of these two has been mistaken for the other
    if (KNOWN_VERSIONS.test(apiVersion)) return { wrongVersion: expected }
  }
  // Of a version that is read all kinds are known
  const isForeign = !KNOWN_VERSIONS.test(apiVersion) && OTHER_POLICIES[group]?.test(kind) === true
  if (isForeign) return { otherPolicy: `${kind} (${group})` }
  if (kind === KNATIVE.kind && apiVersion === KNATIVE.apiVersion) return { use: KNATIVE.name }
  if (isUsedKind(kind)) {
    const expected = USED_KINDS[kind]
    if (apiVersion === expected) return { use: kind }
    if (isOfKubernetes(group)) return { wrongVersion: expected }
  }
  const meant = unservedKind(kind, apiVersion)
  if (meant !== undefined) return { misspelt: meant }
  return /NetworkPolicy$/.test(kind) ? { otherPolicy: `${kind} (${group})` } : 'irrelevant'
}

/** Whether an API group is one of Kubernetes itself: the core group, `apps`, `networking.k8s.io`. */
export function isOfKubernetes(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io')
}

/** What the kind of an object is called in ids and messages. */
export function nameOfKind(kind: string, apiVersion: string | null): string {
  return kind === KNATIVE.kind && apiVersion === KNATIVE.apiVersion ? KNATIVE.name : kind
}

/** Whether a text may be the kind of an object that is read. */
export function isUsedKind(kind: string): kind is keyof typeof USED_KINDS {
  return Object.hasOwn(USED_KINDS, kind)
}

/** Without such an object an answer may say that something is open which is not: a policy, or labels that policies ask for. */
export function isIndispensable(kind: string): boolean {
  const single = kind.replace(/(?<=.)List$/, '')
  return isPolicyKind(single) || single === 'Namespace' || single === 'List'
}

/** Whether an object tells kustomize how to change the manifests around it; such files may leave their kind out. */
export function isKustomization(kind: string | null, apiVersion: string | null, file: string | null): boolean {
  if (apiVersion?.startsWith('kustomize.config.k8s.io/') === true) return true
  return kind === null && /(?:^|\/)kustomization\.ya?ml$|(?:^|\/)Kustomization$/.test(file ?? '')
}

/** Whether an object without a kind may be a policy: only Kubernetes objects have such an apiVersion. */
export function isGroupOfPolicies(apiVersion: string | null): boolean {
  return apiVersion !== null && /^(?:policy\.)?networking\.k8s\.io\//.test(apiVersion)
}

/** Whether a text says a kind that is used in the way in which people write it. */
export function mentionsUsedKind(text: string): boolean {
  for (const [, kind = ''] of text.matchAll(/\bkind["']?\s*:\s*["']?(\w+)/g)) {
    if (isUsedKind(kind.replace(/List$/, ''))) return true
  }
  return false
}
