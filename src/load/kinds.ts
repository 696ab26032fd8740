/** The kinds that are read, with the one apiVersion that Kubernetes serves for each (B-7). */
export const USED_KINDS = {
  Namespace: 'v1',
  Pod: 'v1',
  Node: 'v1',
  Service: 'v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
} as const

export type UsedKind = keyof typeof USED_KINDS

/** Kinds of other systems that decide about connections as well; verdicts without them may differ (B-43). */
const OTHER_POLICIES: Readonly<Record<string, RegExp>> = {
  'cilium.io': /^Cilium(?:Clusterwide)?NetworkPolicy$|^CiliumLocalRedirectPolicy$/,
  'crd.projectcalico.org': /NetworkPolicy$/,
  'projectcalico.org': /NetworkPolicy$/,
  'crd.antrea.io': /NetworkPolicy$|^Tier$/,
  'security.antrea.io': /NetworkPolicy$/,
  'policy.networking.k8s.io': /NetworkPolicy$/,
  'security.istio.io': /^AuthorizationPolicy$/,
  'policy.linkerd.io': /^AuthorizationPolicy$|^ServerAuthorization$/,
  'kuma.io': /^MeshTrafficPermission$/,
  'k8s.ovn.org': /^(?:EgressFirewall|AdminPolicyBasedExternalRoute)$/,
  'network.openshift.io': /^EgressNetworkPolicy$/,
}

/** What the loader does with an object of a kind. */
export type Classification =
  { readonly use: UsedKind } | { readonly wrongVersion: string } | { readonly otherPolicy: string } | 'irrelevant'

/** Sorts an object by kind and API group; a kind of the same name in another group is another kind. */
export function classify(kind: string, apiVersion: string): Classification {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  if (isUsedKind(kind)) {
    const expected = USED_KINDS[kind]
    if (apiVersion === expected) return { use: kind }
    const expectedGroup = expected.includes('/') ? expected.split('/')[0] : ''
    if (group === expectedGroup || group === 'extensions') return { wrongVersion: expected }
  }
  return OTHER_POLICIES[group]?.test(kind) === true ? { otherPolicy: `${kind} (${group})` } : 'irrelevant'
}

export function isUsedKind(kind: string): kind is UsedKind {
  return Object.hasOwn(USED_KINDS, kind)
}

/** Whether a text that cannot be parsed looks as if it held an object that is used. */
export function mentionsUsedKind(text: string): boolean {
  return [...text.matchAll(/\bkind["']?\s*:\s*["']?(\w+)/g)].some(([, kind = '']) =>
    isUsedKind(kind.replace(/List$/, '')),
  )
}
