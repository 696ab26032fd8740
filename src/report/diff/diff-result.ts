import type { Danger } from '../../analyze/diff/danger.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Direction } from '../../model/direction.js'
import type { Certainty } from '../../model/verdict.js'
import type { Family } from '../../net/address.js'
import type { PolicyRef } from '../../model/reference.js'
import type { Place } from '../../model/source.js'
import type { PortResult } from '../matrix/matrix-result.js'
import type { SettingsResult } from '../settings-line.js'
import type { FailOn } from './fail-on.js'

/** What a change of policies opens and closes: the object that `diff -o json` prints, described by `schemas/diff.json`. */
export interface DiffResult {
  readonly schemaVersion: 1
  readonly command: 'diff'
  /** The answer rests on less than all of an input. */
  readonly incomplete: boolean
  readonly base: SideResult
  readonly head: SideResult
  readonly summary: DiffSummary
  readonly workloadsAdded: readonly WorkloadResult[]
  readonly workloadsRemoved: readonly WorkloadResult[]
  readonly workloadsRenamed: readonly { readonly from: string; readonly to: string }[]
  readonly settingsChanged: readonly SettingChange[]
  /** By danger, and then by ids; null where there is no answer. */
  readonly changes: readonly ChangeResult[] | null
  /** Pairs of which ports were certainly closed and may be open now (`opened`): the input or the API leaves it open. In the same order. */
  readonly possiblyOpened: readonly ChangeResult[]
  /** How many changes, and ports that may be open now, there are more than the limit lets show; left out where there are none. */
  readonly omittedChanges?: number
  readonly isolation: readonly IsolationResult[]
  readonly dns: readonly DnsResult[]
  /** Services of both sides with other backends, or other ports of these. */
  readonly servicesChanged: readonly ServiceChangeResult[]
  /** Policies that differ, and that no `because` names; where some ends or ports are asked about, they may have one on others. */
  readonly policiesWithoutEffect: readonly UselessEditResult[]
  /** Those of what `--fail-on` asks about that were found. */
  readonly failing: readonly FailOn[]
  /** What is worth knowing about the comparison itself. */
  readonly notes: readonly DiffNote[]
  /** The ends and the ports that changes are about, where the question names any. */
  readonly asked?: AskedResult
  /** What places are links to, where `--link` says it. */
  readonly link?: string
  readonly settings?: SettingsResult
  readonly diagnostics: readonly Diagnostic[]
}

/** What `--from`, `--to` and `--port` say, each if it is there. */
export interface AskedResult {
  readonly from?: string
  readonly to?: string
  readonly port?: string
}

/** What was compared: a ref and its commit, a path, or the working tree where all are null. */
export interface SideResult {
  readonly ref: string | null
  readonly commit: string | null
  readonly path: string | null
}

/** How many changes there are of each kind, and how many lines of the matrix are the same on both sides. */
export interface DiffSummary {
  readonly opened: number
  readonly closed: number
  readonly changed: number
  /** How many of `possiblyOpened` there are, those that the limit leaves out among them. */
  readonly possiblyOpened: number
  /** Null where counting them would take too long. */
  readonly unchanged: number | null
}

/** A workload that one side only has. */
export interface WorkloadResult {
  readonly id: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly file: string | null
  readonly line: number | null
  /** The directions in which no policy isolates it, or decides for it. */
  readonly unprotected: readonly Direction[]
  /** Some address of the internet may reach it on some port, or it one. */
  readonly fromInternet: boolean
  readonly toInternet: boolean
  /** How many lines of the matrix it has, and how many of them are with other namespaces. */
  readonly connections: number
  readonly acrossNamespaces: number
}

/** A key of `netpol-sim.yaml` that the two sides have different values for; null where a side does not say it. */
export interface SettingChange {
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

/** A pair whose open ports are not the same. */
export interface ChangeResult {
  /** `possible` among `possiblyOpened`, and only there; `before` and `after` are then what is open besides. */
  readonly kind: 'added' | 'removed' | 'changed' | 'possible'
  readonly danger: Danger
  readonly from: string
  readonly to: string
  /** Where an end is `external`: the fewest CIDRs that hold exactly the addresses of which this is true. */
  readonly cidrs?: readonly string[]
  /** Where families differ: the one that this is about. */
  readonly family?: Family
  readonly before: readonly PortResult[]
  readonly after: readonly PortResult[]
  readonly opened: readonly PortResult[]
  readonly closed: readonly PortResult[]
  /** That of the less certain side; left out where both are certain. */
  readonly certainty?: Certainty
  readonly because: readonly CauseResult[]
}

/** An endpoint that policies isolate on one side only. */
export interface IsolationResult {
  readonly id: string
  readonly direction: Direction
  readonly change: 'gained' | 'lost'
  readonly because: readonly CauseResult[]
}

/** An endpoint that can look names up on one side only. */
export interface DnsResult {
  readonly id: string
  readonly change: 'gained' | 'lost'
  readonly because: readonly CauseResult[]
}

/** A Service that leads to something else now; backends by id, or by address or name outside the cluster. */
export interface ServiceChangeResult {
  readonly id: string
  readonly namespace: string
  readonly name: string
  readonly backendsAdded: readonly string[]
  readonly backendsRemoved: readonly string[]
  /** Backends of both sides that it leads to on other ports: `80/TCP -> 8080`. */
  readonly portsChanged: readonly {
    readonly id: string
    readonly before: readonly string[]
    readonly after: readonly string[]
  }[]
}

/** An edit that a change comes of. Of `policy`, `object` and `setting` it has one. */
export interface CauseResult extends Place {
  readonly change: 'added' | 'removed' | 'edited' | 'moved'
  readonly policy?: PolicyName
  readonly object?: { readonly kind: string; readonly namespace: string | null; readonly name: string }
  readonly setting?: string
  /** The field as Kubernetes writes it; null for a whole object, unless one of its rules lets the ports through. */
  readonly path: string | null
  /** What stood there, and what stands there now, in words; null where there was nothing, or is. */
  readonly before: string | null
  readonly after: string | null
  /** Where it stands: what was removed in the base, all else in the head. */
  readonly side: 'base' | 'head'
  /** Undoing it by itself takes back some of the change. */
  readonly alone: boolean
}

interface PolicyName {
  readonly kind: PolicyRef['kind']
  readonly namespace: string | null
  readonly name: string
}

/** A policy that differs, and that no change comes of. */
export interface UselessEditResult extends Place {
  readonly change: 'added' | 'removed' | 'edited'
  readonly policy: PolicyName
}

/** A remark on the comparison. */
export interface DiffNote {
  readonly code: DiffNoteCode
  readonly message: string
}

export type DiffNoteCode =
  | 'base-diverged'
  | 'base-may-be-older'
  | 'input-missing'
  | 'possibly-opened'
  | 'possibly-opened-unknown'
  | 'settings-of-head'
