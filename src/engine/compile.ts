import type { AddressRange } from '../net/ranges.js'
import type { Cluster, Pod } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { lazy, once } from '../model/once.js'
import type { AnyRule } from '../model/policy.js'
import { criteriaOf } from '../policy/criteria.js'
import { governingIndex } from '../policy/governing-index.js'
import type { RuleForm } from '../policy/rule-form.js'
import { ruleForms } from '../policy/rule-forms.js'
import { inTiers, type TierPolicies } from '../policy/tiers.js'
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

/** Policies that may govern the pods of a namespace; the same list for the same namespace. */
export type PoliciesIn = (namespace: string) => readonly RuleForm[]

/** A tier that has policies. */
export interface CompiledTier extends TierPolicies {
  readonly policiesIn: PoliciesIn
  /** Those of them that may govern a pod, by the labels that they ask for: every other one certainly does not. */
  readonly policiesFor: (pod: Pod) => readonly RuleForm[]
}

/** A cluster made ready for questions. */
export interface CompiledCluster {
  readonly cluster: Cluster
  readonly options: EngineOptions
  /** In the order of the manifests. */
  readonly policies: readonly RuleForm[]
  /** In the order in which they decide (C-1). */
  readonly tiers: readonly CompiledTier[]
  /** Those of all tiers, in the order of the manifests. */
  readonly policiesIn: PoliciesIn
  /** Whether a policy of a namespace has an ipBlock that some read otherwise. */
  readonly hasOpenBlocks: (namespace: string) => boolean
  /** Whether a policy there isolates in one direction only, and a tier comes after it (C-7). */
  readonly isOneSided: (namespace: string) => boolean
  /** What a label that the input does not say could be. */
  readonly labelValues: LabelValues
  /** The index of a rule, made when it is first asked for. */
  readonly indexOf: (rule: AnyRule) => RuleIndex
  /** The rules of a policy's direction by their ports, likewise. */
  readonly finderOf: (rules: readonly AnyRule[]) => RuleFinder
}

/** Prepares a cluster; its policies can be given in the one form that all kinds have. */
export function compile(
  cluster: Cluster,
  options: EngineOptions,
  policies: readonly RuleForm[] = ruleForms(cluster.policies),
): CompiledCluster {
  const tiers = inTiers(policies)
  const openHomes = lazy(() => {
    const open = tiers.filter(({ tier }) => tier.settled.ipblockPods === undefined).flatMap((one) => one.policies)
    return new Set(open.filter(hasBlocks).map(({ home }) => home))
  })
  const before = tiers.slice(0, -1).filter(({ tier }) => tier.decides === 'isolation')
  const oneSided = new Set(before.flatMap((one) => one.policies.filter(isOneSided).map(({ home }) => home)))
  const values = lazy(() => labelValues(policies))
  return {
    cluster,
    options,
    policies,
    tiers: tiers.map(compileTier),
    policiesIn: byNamespace(policies),
    hasOpenBlocks: (namespace) => openHomes().has(namespace) || openHomes().has(null),
    isOneSided: (namespace) => oneSided.has(namespace),
    labelValues: (label) => values()(label),
    indexOf: once(ruleIndex),
    finderOf: once(ruleFinder),
  }
}

function compileTier(tier: TierPolicies): CompiledTier {
  const policiesIn = byNamespace(tier.policies)
  const indexOf = once((policies: readonly RuleForm[]) => governingIndex(policies, (form) => [form]))
  return { ...tier, policiesIn, policiesFor: once((pod) => indexOf(policiesIn(pod.namespace))([pod])) }
}

const hasBlocks = once((policy: RuleForm) => criteriaOf([policy]).blocks.length > 0)

const NONE: readonly RuleForm[] = []

function isOneSided({ applies }: RuleForm): boolean {
  return applies.ingress !== applies.egress
}

/** A policy of a namespace governs no other; one of the cluster may govern all. */
function byNamespace(policies: readonly RuleForm[]): PoliciesIn {
  const homes = lazy(() => grouped(policies, ({ home }) => home))
  const known = new Map<string, readonly RuleForm[]>()
  return (namespace) => {
    const ofCluster = homes().get(null) ?? NONE
    const own = homes().get(namespace)
    if (own === undefined || ofCluster.length === 0) return own ?? ofCluster
    const found = known.get(namespace) ?? policies.filter(({ home }) => home === null || home === namespace)
    known.set(namespace, found)
    return found
  }
}
