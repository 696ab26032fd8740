import type { Cluster } from '../model/cluster.js'
import { assemble } from './build-cluster.js'
import { collect } from './cluster/collect.js'
import { workloadGrouper } from './cluster/workloads.js'
import type { Input } from './documents/input.js'
import { readInput, trialOf, type FileOptions } from './load.js'

/** What one of two clusters is read from. */
export interface SideInput {
  readonly paths: readonly string[]
  readonly options: FileOptions
}

/**
 * Loads two clusters that are to be compared. What both have of a file is read once and makes the same workloads, and pods with
 * numbers are told apart alike (D-6). Like `loadCluster` it never throws for what the inputs hold.
 */
export function loadSides(base: SideInput, head: SideInput): { readonly base: Cluster; readonly head: Cluster } {
  const before = inputOf(base)
  const after = inputOf(head, isReadAlike(base, head) ? before : undefined)
  const groupWorkloads = workloadGrouper()
  return {
    base: assemble(before, { policies: policiesIn(after), groupWorkloads }),
    head: assemble(after, { policies: policiesIn(before), groupWorkloads }),
  }
}

function inputOf({ paths, options }: SideInput, known?: Input): Input {
  return readInput(paths, options, trialOf(options), known)
}

function policiesIn({ documents }: Input): ReturnType<typeof collect>['policies'] {
  return collect(documents.flatMap(({ objects }) => objects)).policies
}

/** Whether the same text gives the same objects on both sides. */
function isReadAlike(...sides: readonly [SideInput, SideInput]): boolean {
  const [a, b] = sides.map(({ options: { namespace, lenient, manifests, strict, keepGoing, maxInput, lint } }) =>
    JSON.stringify([namespace, lenient, manifests, strict, keepGoing, maxInput, lint]),
  )
  return a === b
}
