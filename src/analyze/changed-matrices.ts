import { compile, type CompiledCluster } from '../engine/compile.js'
import type { Policy } from '../model/policy-kinds.js'
import type { Direction } from '../model/direction.js'
import { changedRows, keptRows } from '../matrix/changed-rows.js'
import { classesOf, type PodClass } from '../matrix/classes.js'
import type { ConnectionSets } from '../matrix/connection-sets.js'
import type { MatrixWorld } from '../matrix/lens.js'
import { somePolicies } from '../matrix/some-policies.js'
import { matrixIn, type Matrix } from './class-matrix.js'

/** One policy changed in one direction. */
export interface PolicyChange {
  readonly policy: Policy
  readonly changed: Policy
  readonly direction: Direction
}

/** A matrix in which one policy is changed. */
export interface ChangedMatrix {
  readonly matrix: Matrix
  /** All classes for which the direction may be decided otherwise. */
  readonly subjects: readonly PodClass[]
}

/** A matrix, and what becomes of it; all have the same classes and sets, and the rows that stay as they are. */
export interface ChangedMatrices<Change> {
  readonly before: Matrix
  readonly after: (change: Change) => ChangedMatrix
}

/**
 * Prepares the matrices of changes of one policy each. Pods are one class only where no change tells them apart either, so that
 * a change costs no more than the rows that it touches. The sets must tell apart the ports of all changes.
 */
export function changedMatrices<Change extends PolicyChange>(
  compiled: CompiledCluster,
  sets: ConnectionSets,
  changes: readonly Change[],
): ChangedMatrices<Change> {
  const { cluster, options, policies } = compiled
  const all = compile(
    { ...cluster, policies: [...cluster.policies, ...changes.map(({ changed }) => changed)] },
    options,
  )
  const formOf = new Map(all.cluster.policies.map((policy, index) => [policy, all.policies[index]]))
  const classes = classesOf(all)
  const inClasses = new Map(all.policies.map((form, index) => [form, classes.policies[index]]))
  const own = somePolicies(classes, all, compiled)
  const before: MatrixWorld = { compiled, classes: own, sets }
  const rowsBefore = keptRows(before)
  return {
    before: matrixIn(before, 'here and there', rowsBefore),
    after({ policy, changed, direction }) {
      const [form, other] = [formOf.get(policy), formOf.get(changed)]
      const [old, changedTo] = [form, other].map((one) => (one === undefined ? undefined : inClasses.get(one)))
      if (form === undefined || other === undefined || old === undefined || changedTo === undefined)
        throw new Error('every policy has a form')
      // Whom a policy governs is the same for both directions, so that it is not what changed
      const now = { ...changedTo, subjects: old.subjects }
      const mutated = { ...cluster, policies: replaced(cluster.policies, policy, changed) }
      const after: MatrixWorld = {
        compiled: compile(mutated, options, replaced(policies, form, other)),
        classes: {
          ...own,
          policies: replaced(own.policies, old, now),
          tiers: own.tiers.map(({ tier, policies: some }) => ({ tier, policies: replaced(some, old, now) })),
        },
        sets,
      }
      const subjects = old.subjects.possible.flatMap((number) => classes.classes[number] ?? [])
      const rows = changedRows(rowsBefore, after, direction, subjects)
      return { matrix: matrixIn(after, 'here and there', rows), subjects }
    },
  }
}

/** A list with another item in the place of one; order and name of a policy stay, and so does its place in its tier. */
function replaced<Item>(items: readonly Item[], old: Item, now: Item): readonly Item[] {
  return items.includes(old) ? items.map((one) => (one === old ? now : one)) : items
}
