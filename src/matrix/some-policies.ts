import type { CompiledCluster } from '../engine/compile.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { Classes } from './classes.js'

/**
 * The classes of a cluster with only those of its policies that another has; the forms are the very same. Pods stay apart where
 * only policies that are left out tell them apart, so that clusters of different policies can be compared class by class.
 */
export function somePolicies(
  classes: Classes,
  all: Pick<CompiledCluster, 'policies'>,
  { policies, tiers }: Pick<CompiledCluster, 'policies' | 'tiers'>,
): Classes {
  const inClasses = new Map(all.policies.map((form, index) => [form, classes.policies[index]]))
  const found = (forms: readonly RuleForm[]) =>
    forms.map((form) => {
      const known = inClasses.get(form)
      if (known === undefined) throw new Error('every policy has classes')
      return known
    })
  return {
    ...classes,
    policies: found(policies),
    tiers: tiers.map(({ tier, policies: some }) => ({ tier, policies: found(some) })),
  }
}
