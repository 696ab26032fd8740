import type { Direction } from './direction.js'
import type { AnyRule, SelectorPeer } from './policy.js'
import type { Path, Source } from './source.js'

/** A policy for the whole cluster, as it was read. */
export type ClusterPolicy = AdminNetworkPolicy | BaselineAdminNetworkPolicy | ClusterNetworkPolicy

/** What the kinds of policies for the whole cluster have in common. */
export interface PolicyOfCluster {
  readonly namespace: null
  readonly name: string
  /** There is no namespace that it could have been given. */
  readonly hasNamespace: true
  readonly source: Source
  /** The pods that it governs (C-10), and the field that says so. */
  readonly subject: SelectorPeer
  readonly subjectPath: Path
  readonly rules: Readonly<Record<Direction, readonly ActionRule[]>>
}

/** An AdminNetworkPolicy, v1alpha1. */
export interface AdminNetworkPolicy extends PolicyOfCluster {
  readonly kind: 'AdminNetworkPolicy'
  /** From 0, which is asked first, to 1000 (C-2). */
  readonly priority: number
}

/** The one BaselineAdminNetworkPolicy of a cluster, v1alpha1 (C-33). */
export interface BaselineAdminNetworkPolicy extends PolicyOfCluster {
  readonly kind: 'BaselineAdminNetworkPolicy'
}

/** A ClusterNetworkPolicy, v1alpha2. */
export interface ClusterNetworkPolicy extends PolicyOfCluster {
  readonly kind: 'ClusterNetworkPolicy'
  readonly tier: 'Admin' | 'Baseline'
  /** From 0, which is asked first in its tier, to 1000 (C-2). */
  readonly priority: number
}

/** What a rule does with a connection that it matches. `pass` hands it on to the next tier (C-5). */
export type Action = 'accept' | 'deny' | 'pass'

/** A rule that names what it does; without ports it means every port of every protocol (C-21, C-22). */
export interface ActionRule extends AnyRule {
  readonly name: string | null
  readonly action: Action
}

/** What an action is called in the manifests of a kind (C-32). */
export function actionWord(kind: ClusterPolicy['kind'], action: Action): 'Accept' | 'Allow' | 'Deny' | 'Pass' {
  if (action === 'accept') return kind === 'ClusterNetworkPolicy' ? 'Accept' : 'Allow'
  return action === 'deny' ? 'Deny' : 'Pass'
}
