import type { Reason, RuleMatch } from '../model/verdict.js'
import type { RuleForm, TierName } from '../policy/rule-form.js'
import type { Truth } from './truth.js'

/** What one tier made of a direction: it decided, handed on by a rule, or had nothing to say. */
export interface TierStep {
  readonly tier: TierName
  readonly decision: 'accept' | 'deny' | 'pass' | 'no-match' | 'not-isolated'
  /** The rule that decided or handed on; of policies that isolate all that matched. */
  readonly rules: readonly RuleMatch[]
}

/** What a tier and those after it say of one direction. */
export interface TierOutcome {
  readonly reason: Reason
  /** The policies that decide: those that isolate the subject, or the one with the first rule that matches. */
  readonly deciding: readonly RuleForm[]
  /** Whether the direction allows, with what could change that. */
  readonly allows: Truth
  /** The tiers that were asked, as far as policies in them govern the subject, up to the one that decided. */
  readonly path: readonly TierStep[]
  /** Policies with one priority that match with different actions (C-8); left out where there are none. */
  readonly tied?: readonly RuleForm[]
}
