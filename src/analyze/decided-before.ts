import type { Reading } from '../engine/readings.js'
import type { Direction } from '../model/direction.js'
import { grouped } from '../model/grouped.js'
import type { FormRule, RuleForm } from '../policy/rule-form.js'
import type { Tier } from '../policy/tiers.js'
import { covers } from './rule-cover.js'

/** How many pairs of peers and of ports are compared for a question; nothing is said of the rules after that. */
const MOST_COMPARED = 5_000_000

/** A tier, and the policies that govern a workload in it, in the order in which they are asked. */
export interface GoverningTier {
  readonly tier: Pick<Tier, 'decides'>
  readonly policies: readonly {
    readonly policy: RuleForm
    /** Whether the input leaves open that it selects the workload. */
    readonly isUncertain: boolean
  }[]
}

/** Finds for each rule that is never asked the one before it that decides whatever it matches, or hands that on to the next tier. */
export type DecidedBefore = (tiers: readonly GoverningTier[], direction: Direction) => ReadonlyMap<FormRule, FormRule>

/** Looks for rules that are never asked; workloads that the same policies govern share the work. */
export function deciders(reading: Pick<Reading, 'hostNetwork'>): DecidedBefore {
  const numbers = new Map<RuleForm, number>()
  const known = new Map<string, ReadonlyMap<FormRule, FormRule>>()
  const left = { pairs: MOST_COMPARED }
  return (tiers, direction) => {
    const policies = tiers.flatMap((one) => one.policies)
    for (const { policy } of policies) if (!numbers.has(policy)) numbers.set(policy, numbers.size)
    const key = [
      direction,
      ...policies.map(({ policy, isUncertain }) => `${numbers.get(policy) ?? ''}${isUncertain ? '?' : ''}`),
    ].join(' ')
    const found = known.get(key) ?? search(tiers, direction, reading, left)
    known.set(key, found)
    return found
  }
}

/**
 * Only what can be proved is found: of policies with one priority any may come first (C-8), and a `Pass` leads past rules
 * that decide (C-5).
 */
function search(
  tiers: readonly GoverningTier[],
  direction: Direction,
  reading: Pick<Reading, 'hostNetwork'>,
  left: { pairs: number },
): ReadonlyMap<FormRule, FormRule> {
  const found = new Map<FormRule, FormRule>()
  const look = (rule: FormRule, before: readonly FormRule[]) => {
    const one = before.find((other) => (left.pairs -= pairsOf(other, rule)) > 0 && covers(other, rule))
    if (one !== undefined) found.set(rule, one)
  }
  const final: FormRule[] = []
  for (const { tier, policies } of tiers) {
    if (tier.decides === 'isolation') {
      // These may see pods on their hosts' networks, which policies of the cluster never do (A-64, C-11)
      if (reading.hostNetwork === 'enforce') continue
      for (const rule of policies.flatMap(({ policy }) => policy.rules[direction])) look(rule, final)
      continue
    }
    const before = [...final]
    let canPass = false
    for (const tied of grouped(policies, ({ policy }) => policy.order).values()) {
      const rules = tied.flatMap(({ policy }) => policy.rules[direction])
      for (const { policy } of tied)
        for (const [index, rule] of policy.rules[direction].entries()) {
          look(rule, policy.rules[direction].slice(0, index))
          if (!found.has(rule)) look(rule, before)
        }
      const sure = tied.flatMap(({ policy, isUncertain }) => (isUncertain ? [] : policy.rules[direction]))
      canPass ||= rules.some(({ action }) => action === 'pass')
      for (const rule of sure) before.push(rule)
      if (!canPass) for (const rule of sure) final.push(rule)
    }
  }
  return found
}

function pairsOf(rule: FormRule, other: FormRule): number {
  return 1 + rule.peers.length * other.peers.length + rule.ports.length * other.ports.length
}
