import type { Choice } from '../model/choice.js'
import type { Inventory } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Protocol } from '../model/protocol.js'
import type { NoteCode } from '../model/note.js'
import type { PolicyRef } from '../model/reference.js'
import type { Place } from '../model/source.js'
import type { Certainty, Reason, Verdict } from '../model/verdict.js'

/** What `check` answers: the object that `-o json` prints, described by `schemas/check.json`. */
export interface CheckResult {
  readonly schemaVersion: 1
  readonly command: 'check'
  /** Null where the question could not be answered; `diagnostics` say why. */
  readonly verdict: Verdict | 'partial' | null
  readonly certainty: Certainty
  /** The answer rests on less than all of the input. */
  readonly incomplete: boolean
  /** What became of every document that was found. */
  readonly inventory: Inventory
  readonly flows: readonly FlowResult[]
  /** How many flows more there are than the limit lets show; the verdict is over all of them. Left out where there are none. */
  readonly omittedFlows?: number
  /** Where there is no answer: what could be read instead, the part that keeps most policies first; left out where nothing is offered. */
  readonly choices?: readonly Choice[]
  readonly diagnostics: readonly Diagnostic[]
}

/** One connection, or neighbouring ports and addresses that share an answer. */
export interface FlowResult {
  readonly from: EndpointResult
  readonly to: EndpointResult
  readonly protocol: Protocol
  readonly port: number
  /** The last port of a range; left out for a single port. */
  readonly endPort?: number
  /** The ports in the range that the destination declares, where no port was asked about; left out where there are none. */
  readonly declared?: readonly { readonly port: number; readonly name: string | null }[]
  /** The port name that was asked about. */
  readonly portName?: string
  /** The Service by way of which the connection is made, and its port; left out where it is made directly. */
  readonly via?: ViaResult
  /** Set where the answer holds in one address family only. */
  readonly family?: 'IPv4' | 'IPv6'
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly egress: DirectionResult
  readonly ingress: DirectionResult
  readonly notes: readonly NoteResult[]
  /** How many more notes of the same codes there are; left out where `notes` has them all. */
  readonly omittedNotes?: number
}

/** A Service that leads to the destination of a flow. */
export interface ViaResult {
  /** `namespace/Service/name`. */
  readonly id: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Its port that was asked for; null where it names none and maps none, so that the client's port is that of the pod. */
  readonly port: number | null
  readonly portName: string | null
}

/** An end of a flow. */
export interface EndpointResult {
  /** `namespace/Kind/name`, with `{key=value}` for a part of a workload; `node/NAME`; or what was asked outside the cluster. */
  readonly id: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  /** The addresses outside the cluster that the flow's answer holds for. */
  readonly cidrs?: readonly string[]
  readonly hostNetwork?: true
  /** The pod is not in the input: it was described by its labels. */
  readonly described?: true
}

/** One direction of a flow. */
export interface DirectionResult {
  readonly verdict: Verdict
  readonly reason: Reason['kind']
  /** The tiers that were asked, in their order, up to the one that decided; left out where only NetworkPolicies were. */
  readonly tiers?: readonly TierResult[]
  /** The policies that isolate the pod in this direction, or the one that decided. */
  readonly policies: readonly PolicyResult[]
  /** The rules that matched. */
  readonly rules: readonly RuleResult[]
  /** For a denial, what each rule lacked; with `verbose` for an allowed direction too. */
  readonly nearMisses: readonly NearMissResult[]
  /** With `verbose`, rules that would match but are not asked, since one before them decides; left out where there are none. */
  readonly shadowed?: readonly RuleResult[]
}

/** What a tier of policies made of a direction. */
export interface TierResult {
  readonly tier: 'Admin' | 'NetworkPolicy' | 'Baseline'
  /** `pass`, `no-match` and `not-isolated` leave it to the next tier. */
  readonly decision: 'accept' | 'deny' | 'pass' | 'no-match' | 'not-isolated'
  /** The rule that decided or handed on; of NetworkPolicies all that matched. */
  readonly rules: readonly RuleResult[]
}

/** A place in the input; null where there is none. */
export type PlaceResult = Place

/** A policy, and where it begins. */
export interface PolicyResult extends PlaceResult {
  readonly kind: PolicyRef['kind']
  /** Null for a policy of the cluster. */
  readonly namespace: string | null
  readonly name: string
}

/** A rule that matched, and where it stands. */
export interface RuleResult extends PlaceResult {
  /** `namespace/name`. */
  readonly policy: string
  /** `spec.ingress[0]`. */
  readonly path: string
  /** The kind of its policy, unless that is a NetworkPolicy, and what the rule does, in the words of that kind. */
  readonly kind?: Exclude<PolicyRef['kind'], 'NetworkPolicy'>
  readonly action?: 'Accept' | 'Allow' | 'Deny' | 'Pass'
  /** What its author calls the rule; left out where it has no name. */
  readonly name?: string
  /** The entries that matched, `from[1]`; null where the rule has none and so means everybody. */
  readonly peers: readonly string[] | null
  /** The entries that matched, `ports[0]`; null where the rule has none and so means every port. */
  readonly ports: readonly string[] | null
  /** What of the flow the rule matches, `80-90`, `10.0.0.0/8` or `IPv6`; left out where it is all of it. */
  readonly only?: string
}

/** A rule that did not match, and where it stands. */
export interface NearMissResult extends PlaceResult {
  readonly policy: string
  readonly path: string
  /** What kept the rule from matching; `rules` where the policy has none. */
  readonly failed: 'peer' | 'port' | 'peer and port' | 'rules'
  /** The entry that came nearest, `from[1]`. */
  readonly peer?: string
  readonly message: string
  /** With `verbose`, why each of the rule's other entries does not match; left out where there are none. */
  readonly others?: readonly { readonly peer: string; readonly message: string }[]
}

/** A remark on an answer. */
export interface NoteResult {
  readonly code: NoteCode
  readonly certainty: Certainty
  readonly message: string
  /** The field of a policy that the note is about. */
  readonly ref?: string
}
