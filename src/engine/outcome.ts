import type { Reason } from '../model/verdict.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { Truth } from './truth.js'

/** What a tier and those after it say of one direction. */
export interface TierOutcome {
  readonly reason: Reason
  /** The policies that decide: those that isolate the subject, or the one with the first rule that matches. */
  readonly deciding: readonly RuleForm[]
  /** Whether the direction allows, with what could change that. */
  readonly allows: Truth
  /** Policies with one priority that match with different actions (C-8); left out where there are none. */
  readonly tied?: readonly RuleForm[]
}
