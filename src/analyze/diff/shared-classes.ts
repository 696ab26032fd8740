import { compile, type CompiledCluster } from '../../engine/compile.js'
import { classesOf } from '../../matrix/classes.js'
import { connectionSets } from '../../matrix/connection-sets.js'
import type { MatrixWorld } from '../../matrix/lens.js'
import { checkOpenings } from '../../matrix/openings-budget.js'
import { portAtoms } from '../../matrix/port-atoms.js'
import { somePolicies } from '../../matrix/some-policies.js'
import { unionOf } from '../../model/union-of.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { ruleForms } from '../../policy/rule-forms.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { DiffSide, SideName } from './joint-world.js'

/**
 * Both sides over classes of pods that no policy of either tells apart, which is hardly more work than the classes of one of
 * them. A policy of the base that differs in nothing is that of the head. Sides differ in nothing but policies.
 */
export function sharedClasses(
  { base, head }: Readonly<Record<SideName, DiffSide>>,
  policies: readonly MixedPolicy[],
): Readonly<Record<SideName, MatrixWorld>> {
  const same = new Map(policies.flatMap((one) => (one.edits.length === 0 ? [[one.base, one.head]] : [])))
  const ofHead = ruleForms(head.cluster.policies)
  const ofBase = ruleForms(base.cluster.policies).map((form) => same.get(form) ?? form)
  const workloads = unionOf(head.cluster.workloads, base.cluster.workloads)
  const all = compile({ ...head.cluster, workloads }, head.options, unionOf(ofHead, ofBase))
  const [classes, sets] = [classesOf(all), connectionSets(portAtoms(all))]
  const worldOf = ({ cluster, options }: DiffSide, forms: readonly RuleForm[]): MatrixWorld => {
    const compiled: CompiledCluster = compile(cluster, options, forms)
    const own = somePolicies(classes, all, compiled)
    checkOpenings(own)
    return { compiled, classes: own, sets }
  }
  return { base: worldOf(base, ofBase), head: worldOf(head, ofHead) }
}
