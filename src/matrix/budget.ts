import type { CompiledCluster } from '../engine/compile.js'
import { TooCostly } from '../model/too-costly.js'
import type { RuleForm } from '../policy/rule-form.js'

/** What may be spent on any input, and so much more for each pod and each entry of a policy: steps below a microsecond. */
const BASE = 1_000_000
const EACH = 40

/** What the size of an input is taken from. */
type Sized = Pick<CompiledCluster, 'policies' | 'cluster'>

/** Counts steps, and throws {@link TooCostly} at the first one that is too many. */
export type Spend = (steps: number) => void

/**
 * What finding out whom selectors and blocks name may cost. Two lists that each are short enough can be too long by each
 * other: 9,000 selectors that hold for 9,000 pods take a minute and gigabytes.
 */
export function namingBudget(compiled: Sized): Spend {
  const most = BASE + EACH * sizeOf(compiled)
  let spent = 0
  return (steps) => {
    spent += steps
    if (spent > most)
      throw new TooCostly(`selectors and blocks are compared with pods and namespaces more than ${most} times`)
  }
}

/** How many pods there are, and entries of policies. */
function sizeOf({ policies, cluster: { workloads } }: Sized): number {
  const pods = workloads.reduce((sum, workload) => sum + workload.pods.length, 0)
  return policies.reduce((sum, policy) => sum + entriesOf(policy), pods)
}

function entriesOf({ rules }: RuleForm): number {
  return [...rules.ingress, ...rules.egress].reduce(
    (sum, { peers }) =>
      peers.reduce((entries, peer) => entries + 1 + (peer.kind === 'ip-block' ? peer.except.length : 0), sum + 1),
    1,
  )
}

/** How many cells of rows are kept for what several sources have in common. */
export const KEPT_CELLS = 1_000_000

/** What rows may cost on any input, and so much more for each pod and each entry of a policy: cells of some nanoseconds. */
const CELLS = 150_000_000
const CELLS_EACH = 2_000

const budgets = new WeakMap<object, Spend>()

/**
 * What rows over some sets may cost, in cells that rules open and that are looked at: 13,000 kinds of pods of which each
 * opens something to half of the others take a minute. One budget for all that shares the sets.
 */
export function cellBudget({ compiled, sets }: { readonly compiled: Sized; readonly sets: object }): Spend {
  const known = budgets.get(sets)
  if (known !== undefined) return known
  const most = CELLS + CELLS_EACH * sizeOf(compiled)
  let spent = 0
  const budget = (cells: number): void => {
    spent += cells
    if (spent > most) throw new TooCostly(`rules open, and rows have, more than ${most} cells of the matrix`)
  }
  budgets.set(sets, budget)
  return budget
}

const MOST_SETS = 4_000_000
/** Twice as much is held while the store grows. */
const MOST_BYTES = 128 * 2 ** 20

/** Words of bits, or runs of them, of some six nanoseconds: to join them, to sum them up and to compare them. */
const MOST_WORDS = 400_000_000
/** Finding the number of a set takes as long as so many words. */
const WORDS_OF_A_NUMBER = 24

/** Throws {@link TooCostly} where so many joins of sets of ports have gone through more words than the limit. */
export function checkJoins(joins: number, words: number, atoms: number): void {
  if (joins * WORDS_OF_A_NUMBER + words > MOST_WORDS) {
    throw new TooCostly(`sets of ports are joined ${joins} times, and policies tell ${atoms} of them apart`)
  }
}

/** Throws {@link TooCostly} where so many sets of ports, or what holds them, are more than the limit. */
export function checkSets(kept: number, bytes: number): void {
  if (kept > MOST_SETS || bytes > MOST_BYTES) {
    throw new TooCostly(`the policies open more different sets of ports than fit into memory (${kept - 1})`)
  }
}
