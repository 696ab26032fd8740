import type { Choice } from '../../model/choice.js'
import type { Inventory } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Certainty } from '../../model/verdict.js'
import type { EndpointResult, PlaceResult, PolicyResult, ViaResult } from '../check-result.js'

/** What `policies` answers: the object that `-o json` prints, described by `schemas/policies.json`. */
export interface PoliciesResult {
  readonly schemaVersion: 1
  readonly command: 'policies'
  readonly incomplete: boolean
  readonly inventory: Inventory
  /** The workloads that were asked about; null where policies were, or where there is no answer. */
  readonly workloads: readonly WorkloadResult[] | null
  /** The policies that were asked about; null where workloads were, or where there is no answer. */
  readonly policies: readonly ReachResult[] | null
  readonly choices?: readonly Choice[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What applies to a workload. */
export interface WorkloadResult extends EndpointResult {
  /** The Service that was asked about, which leads to it; left out where the workload itself was. */
  readonly via?: Pick<ViaResult, 'id' | 'kind' | 'namespace' | 'name'>
  readonly ingress: GovernedResult
  readonly egress: GovernedResult
}

/** What governs one direction, tier by tier in the order in which they are asked. */
export interface GovernedResult {
  /** Whether NetworkPolicies isolate it; null where the input does not say. */
  readonly isolated: boolean | null
  readonly policies: readonly GoverningResult[]
}

/** A policy that governs a direction. */
export interface GoverningResult extends PolicyResult {
  readonly tier: 'Admin' | 'NetworkPolicy' | 'Baseline'
  /** Its place in its tier, 0 first (C-2); left out for kinds that have none. */
  readonly priority?: number
  /** `indeterminate` where the input leaves open that it selects the workload. */
  readonly certainty: Certainty
  readonly rules: readonly RuleTextResult[]
}

/** A rule in words, and where it stands. */
export interface RuleTextResult extends PlaceResult {
  readonly path: string
  /** What its author calls it; left out where it has no name. */
  readonly name?: string
  readonly action: 'accept' | 'deny' | 'pass'
  /** The action in the words of the kind; left out for NetworkPolicies, whose rules do not say it. */
  readonly actionWord?: 'Accept' | 'Allow' | 'Deny' | 'Pass'
  /** `from pods app=web in this namespace, TCP 8080`. */
  readonly text: string
  /** The rule that decides, or hands on, before it whatever it matches, `deny-all spec.ingress[0]`; left out where none is known. */
  readonly decidedBefore?: string
}

/** Whom a policy selects, and whom its rules name. */
export interface ReachResult extends PolicyResult {
  readonly tier: GoverningResult['tier']
  readonly priority?: number
  /** The ids of the workloads that it selects. */
  readonly subjects: readonly string[]
  readonly rules: readonly RuleReachResult[]
}

/** Whom a rule names. */
export interface RuleReachResult extends RuleTextResult {
  readonly direction: 'ingress' | 'egress'
  /** False where policyTypes leave its direction out, so that it has no effect. */
  readonly applies: boolean
  readonly peers: readonly PeerReachResult[]
}

/** Whom one peer names. */
export interface PeerReachResult {
  /** `from[1]`. */
  readonly path: string
  readonly text: string
  /** The ids of the workloads that it names; null where it names addresses. */
  readonly workloads: readonly string[] | null
}
