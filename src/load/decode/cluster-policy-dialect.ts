import type { Action, ClusterPolicy } from '../../model/cluster-policy.js'

/** What the three kinds of policies for the whole cluster, of two versions of their API, have differently. */
export interface Dialect {
  readonly version: 'v1alpha1' | 'v1alpha2'
  /** Fields of `spec` besides the subject and the rules. */
  readonly fields: readonly ('tier' | 'priority')[]
  /** Its words for what rules do (C-32). */
  readonly actions: Readonly<Record<string, Action>>
  /** How many rules of a direction, peers and ports of a rule there may be (C-34). */
  readonly most: number
  /** What the list of a rule's ports is called (C-21, C-22). */
  readonly ports: 'ports' | 'protocols'
  /** Whether `pods` has to select namespaces as well (C-12). */
  readonly needsNamespaces: boolean
  /** Whom `to` may name besides pods (C-15, C-18). */
  readonly destinations: readonly ('networks' | 'nodes' | 'domainNames')[]
}

const V1ALPHA1 = { version: 'v1alpha1', most: 100, ports: 'ports', needsNamespaces: true } as const

/** By kind. */
export const DIALECTS: Readonly<Record<ClusterPolicy['kind'], Dialect>> = {
  AdminNetworkPolicy: {
    ...V1ALPHA1,
    fields: ['priority'],
    actions: { Allow: 'accept', Deny: 'deny', Pass: 'pass' },
    destinations: ['networks', 'nodes', 'domainNames'],
  },
  BaselineAdminNetworkPolicy: {
    ...V1ALPHA1,
    fields: [],
    actions: { Allow: 'accept', Deny: 'deny' },
    destinations: ['networks', 'nodes'],
  },
  ClusterNetworkPolicy: {
    version: 'v1alpha2',
    fields: ['tier', 'priority'],
    actions: { Accept: 'accept', Deny: 'deny', Pass: 'pass' },
    most: 25,
    ports: 'protocols',
    needsNamespaces: false,
    destinations: ['networks', 'nodes', 'domainNames'],
  },
}
