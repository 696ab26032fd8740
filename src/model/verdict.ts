import type { RuleRef } from './reference.js'

/** Whether policies let a connection through. */
export type Verdict = 'allow' | 'deny'

/** How far an answer can be trusted: `undefined` where the API leaves a point open, `indeterminate` where the input is silent. */
export type Certainty = 'certain' | 'undefined' | 'indeterminate'

/** From best to worst: the worst of several wins. */
export const CERTAINTIES = ['certain', 'undefined', 'indeterminate'] as const satisfies readonly Certainty[]

/** The worst of several certainties. */
export function worst(certainties: readonly Certainty[]): Certainty {
  return CERTAINTIES.findLast((certainty) => certainties.includes(certainty)) ?? 'certain'
}

/** A rule that matched a connection, and which of its peers and ports did (null: it has none, so any). */
export interface RuleMatch extends RuleRef {
  readonly peers: readonly number[] | null
  readonly ports: readonly number[] | null
}

/** Why a direction allows or denies. */
export type Reason =
  /** There is no pod at this end, so nothing for a policy to select (E-2). */
  | { readonly kind: 'not-a-pod' }
  /** A pod cannot be cut off from itself. */
  | { readonly kind: 'same-pod' }
  /** Traffic from a pod's own node is always let in. */
  | { readonly kind: 'own-node' }
  /** Policies ignore pods on the host's network. */
  | { readonly kind: 'host-network' }
  /** No policy isolates the pod in this direction. */
  | { readonly kind: 'not-isolated' }
  /** All rules that matched, in manifest order. */
  | { readonly kind: 'rule-matched'; readonly rules: readonly RuleMatch[] }
  /** Policies isolate the pod and none of their rules matched. */
  | { readonly kind: 'no-rule-matched' }
  /** The first rule of its tier that matched, before NetworkPolicies are asked (C-3, C-4). */
  | { readonly kind: 'admin-accept' | 'admin-deny'; readonly rules: readonly [RuleMatch] }
  /** The same after them, where none isolates the pod in this direction (C-7). */
  | { readonly kind: 'baseline-accept' | 'baseline-deny'; readonly rules: readonly [RuleMatch] }

/** The rules that a reason names. */
export function rulesNamed(reason: Reason): readonly RuleMatch[] {
  return 'rules' in reason ? reason.rules : []
}

/** The verdict follows from the reason, so that answer and explanation cannot disagree. */
export const VERDICT_OF = {
  'not-a-pod': 'allow',
  'same-pod': 'allow',
  'own-node': 'allow',
  'host-network': 'allow',
  'not-isolated': 'allow',
  'rule-matched': 'allow',
  'no-rule-matched': 'deny',
  'admin-accept': 'allow',
  'admin-deny': 'deny',
  'baseline-accept': 'allow',
  'baseline-deny': 'deny',
} as const satisfies Record<Reason['kind'], Verdict>
