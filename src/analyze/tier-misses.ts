import type { CompiledCluster } from '../engine/compile.js'
import { selects } from '../engine/selectors.js'
import { orient } from '../model/flow.js'
import { grouped } from '../model/grouped.js'
import type { PortRange } from '../model/policy.js'
import { VERDICT_OF } from '../model/verdict.js'
import type { FormRule, RuleForm } from '../policy/rule-form.js'
import type { DirectionAnswer, FlowCase } from './flow-answer.js'
import { isMatchedBy, nearMisses, type NearMiss } from './near-miss.js'

/** So many rules of tiers in which the first match decides are told of where not all are asked for. */
const FEW = 5

/** Rules of the tiers in which the first match decides: those that were passed over, and those that were not asked any more. */
export interface TierMisses {
  readonly misses: readonly NearMiss[]
  readonly shadowed: readonly FormRule[]
}

/**
 * Finds what kept rules before the deciding one from matching: for a denial those that accept, since one of them could have
 * allowed it; with `every` all of them, and the rules behind it in its tier that would have matched as well.
 */
export function tierMisses(
  compiled: CompiledCluster,
  cases: readonly FlowCase[],
  asked: PortRange,
  { direction, reason, path }: DirectionAnswer,
  every: boolean,
): TierMisses {
  const [first] = cases
  const subject = first === undefined ? null : orient(first.flow, direction).subject
  if (subject?.kind !== 'pod') return { misses: [], shadowed: [] }
  const { pod } = subject
  const wanted = ({ action }: FormRule) => every || (VERDICT_OF[reason] === 'deny' && action === 'accept')
  const asks = path.flatMap(({ tier: name, rules: [match] }) => {
    const found = compiled.tiers.find(({ tier }) => tier.name === name)
    if (found?.tier.decides !== 'first-match') return []
    const governing = found.policiesFor(pod).filter((policy) => governs(compiled, policy, pod))
    const rules = governing.flatMap((policy) => policy.rules[direction].map((rule) => ({ policy, rule })))
    const at = rules.findIndex(({ rule }) => rule.ref.policy === match?.policy && rule.ref.rule === match.rule)
    const before = at < 0 ? rules : rules.slice(0, at)
    return [{ before: before.filter(({ rule }) => wanted(rule)), after: at < 0 ? [] : rules.slice(at + 1) }]
  })
  const before = formsOf(asks.flatMap((one) => one.before))
  const misses = before.length === 0 ? [] : nearMisses(compiled, cases, asked, direction, before, every)
  const after = every ? asks.flatMap((one) => one.after) : []
  return {
    misses: every ? misses : misses.slice(0, FEW),
    shadowed: after
      .filter(({ policy, rule }) => isMatchedBy(compiled, cases, asked, direction, policy, rule))
      .map(({ rule }) => rule),
  }

  /** The policies of some rules, with these rules alone. */
  function formsOf(some: readonly { readonly policy: RuleForm; readonly rule: FormRule }[]): readonly RuleForm[] {
    return [...grouped(some, ({ policy }) => policy)].map(([policy, own]) => ({
      ...policy,
      rules: { ...policy.rules, [direction]: own.map(({ rule }) => rule) },
    }))
  }
}

function governs({ cluster }: CompiledCluster, policy: RuleForm, pod: Parameters<typeof selects>[3]): boolean {
  return selects(policy.subject, policy.home, cluster, pod, { policy: policy.ref, path: policy.subjectPath }).value
}
