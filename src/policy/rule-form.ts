import type { Direction } from '../model/direction.js'
import type { Action } from '../model/cluster-policy.js'
import type { AnyRule, SelectorPeer } from '../model/policy.js'
import type { PolicyRef, RuleRef } from '../model/reference.js'
import type { Path } from '../model/source.js'

/** The tiers by name, in no order: `TIERS` has them as they decide. */
export type TierName = 'Admin' | 'NetworkPolicy' | 'Baseline'

export type { Action }

/** A policy of any kind as the engines see it. */
export interface RuleForm {
  readonly ref: PolicyRef
  readonly tier: TierName
  /** Where the first match decides, a policy of a lower number comes before others of its tier (C-2). */
  readonly order: number
  /** The namespace that peers without a namespace selector mean; null for a policy of the cluster. */
  readonly home: string | null
  /** The pods that it governs (A-1, A-3, C-10), and where it says so. */
  readonly subject: SelectorPeer
  readonly subjectPath: Path
  /** The directions in which its rules count (A-9, C-6). */
  readonly applies: Readonly<Record<Direction, boolean>>
  /** Rules as written, also where they do not count. */
  readonly rules: Readonly<Record<Direction, readonly FormRule[]>>
}

/** A rule of any kind of policy. */
export interface FormRule extends AnyRule {
  readonly action: Action
  readonly ref: RuleRef
}
