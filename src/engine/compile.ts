import type { AddressRange } from '../net/ranges.js'
import type { Cluster } from '../model/cluster.js'
import { criteriaOf } from '../model/criteria.js'
import { grouped } from '../model/grouped.js'
import { lazy, once } from '../model/once.js'
import type { NetworkPolicy, Rule } from '../model/policy.js'
import { labelValues, type LabelValues } from './completions.js'
import { ruleFinder, ruleIndex, type RuleFinder, type RuleIndex } from './rule-index.js'

/** How to read what the API leaves open. An option that is left out takes the default reading and notes where it decides. */
export interface EngineOptions {
  /** May an ipBlock match a pod's own address? Left out: it may. */
  readonly ipblockPods?: 'match' | 'never' | undefined
  /** Do policies ignore pods on the host's network? Left out: they do. */
  readonly hostNetwork?: 'ignore' | 'enforce' | undefined
  /** Where pods without a known address lie. */
  readonly podRanges?: readonly AddressRange[] | undefined
}

/** A cluster made ready for questions. */
export interface CompiledCluster {
  readonly cluster: Cluster
  readonly options: EngineOptions
  readonly policiesIn: ReadonlyMap<string, readonly NetworkPolicy[]>
  /** The namespaces in which some policy has an ipBlock. */
  readonly withBlocks: ReadonlySet<string>
  /** What a label that the input does not say could be. */
  readonly labelValues: LabelValues
  /** The index of a rule, made when it is first asked for. */
  readonly indexOf: (rule: Rule) => RuleIndex
  /** The rules of a policy's direction by their ports, likewise. */
  readonly finderOf: (rules: readonly Rule[]) => RuleFinder
}

/** Indexes policies by namespace, since a policy governs no other. */
export function compile(cluster: Cluster, options: EngineOptions): CompiledCluster {
  const withBlock = cluster.policies.filter((policy) => criteriaOf([policy]).blocks.length > 0)
  const values = lazy(() => labelValues(cluster.policies))
  return {
    cluster,
    options,
    policiesIn: grouped(cluster.policies, ({ namespace }) => namespace),
    withBlocks: new Set(withBlock.map(({ namespace }) => namespace)),
    labelValues: (label) => values()(label),
    indexOf: once(ruleIndex),
    finderOf: once(ruleFinder),
  }
}
