import type { Cluster } from '../../model/cluster.js'
import { DIRECTIONS } from '../../model/direction.js'
import type { AnyPeer, AnyRule } from '../../model/policy.js'
import type { Policy } from '../../model/policy-kinds.js'
import { TooCostly } from '../../model/too-costly.js'
import { changedMatrices, type ChangedMatrices } from '../changed-matrices.js'
import type { EvaluatedFile } from './evaluate.js'
import { facesIn, type FacesOf } from './faces.js'
import { comparisonWith, type Comparison, type PairChange } from './matrix-changes.js'
import { mutantsOf, type Mutant } from './mutants.js'
import type { Scene } from './scene.js'
import { watch, type Watched } from './watched.js'

/** What came of a mutant: no effect on the matrix, noticed by some test, or by none. */
export interface MutantFate {
  readonly mutant: Mutant
  readonly fate: 'no-effect' | 'killed' | 'survived'
  /** Every pair that it changes; empty where it has no effect. */
  readonly changes: readonly PairChange[]
  /** Evaluates a one-line test with the mutant in place of its policy. */
  readonly scene: Scene
}

/** Each mutant is a policy of its own, so that the entries of a large one count as often as it has places to change. */
const MOST_ENTRIES = 5_000_000

/** So many mutants share classes: more would make the classes too fine, fewer would make them too often. */
const TOGETHER = 256

/**
 * Tries every mutant of the policies of a cluster on the tests of all files about it. Throws {@link TooCostly} where policies are
 * so large that to change each of their places in turn is too much.
 */
export function* mutantFates(cluster: Cluster, files: readonly EvaluatedFile[]): Iterable<MutantFate> {
  const { policies } = cluster
  checkEntries(policies)
  const mutants = policies.flatMap(mutantsOf)
  const watched = files.map(watch)
  for (let first = 0; first < mutants.length; first += TOGETHER) {
    const some = mutants.slice(first, first + TOGETHER)
    const trials = files.flatMap((file, index) => trialOf(file, watched[index], some))
    for (const mutant of some) yield fateOf(mutant, trials)
  }
}

function checkEntries(policies: readonly Policy[]): void {
  const total = policies.reduce((sum, { rules }) => {
    const all: readonly AnyRule[] = DIRECTIONS.flatMap((direction): readonly AnyRule[] => rules[direction])
    const sizes = all.map(({ peers, ports }) => ({
      entries: 1 + peers.length + ports.length,
      // Each peer is removed and widened in two ways at most
      places: 3 + 3 * peers.length + ports.length + peers.reduce((holes, peer) => holes + holesIn(peer), 0),
    }))
    const sumOf = (key: 'entries' | 'places') => sizes.reduce((all, size) => all + size[key], 1)
    return sum + sumOf('entries') * sumOf('places')
  }, 0)
  if (total > MOST_ENTRIES)
    throw new TooCostly(
      `to change each place of the policies in turn takes about ${total} entries of rules, and ${MOST_ENTRIES} are the limit`,
      'ask for coverage without the largest policies',
    )
}

function holesIn(peer: AnyPeer): number {
  return peer.kind === 'ip-block' ? peer.except.length : 0
}

/** A file and the matrices of some mutants for its tests. */
interface Trial {
  readonly file: EvaluatedFile
  readonly watched: Watched
  readonly matrices: ChangedMatrices<Mutant>
  readonly comparison: Comparison
}

function trialOf(file: EvaluatedFile, watched: Watched | undefined, mutants: readonly Mutant[]): readonly Trial[] {
  if (watched === undefined) return []
  const { world } = file
  const matrices = changedMatrices(world.matrix.compiled, world.matrix.sets, mutants)
  return [{ file, watched, matrices, comparison: comparisonWith(world, matrices.before) }]
}

function fateOf(mutant: Mutant, trials: readonly Trial[]): MutantFate {
  const looked = trials.map(({ file: { world, scene }, watched, matrices, comparison }) => {
    const changed = matrices.after(mutant)
    const { matrix } = changed
    const changedWorld = { ...world, cluster: matrix.compiled.cluster, matrix }
    const after = facesIn(changedWorld)
    const changes = comparison.changes(changed, mutant.direction, { before: scene.facesOf, after })
    const touched = new Map<string, Set<string>>()
    for (const { from, to } of changes) {
      const row = touched.get(from.id)
      if (row === undefined) touched.set(from.id, new Set([to.id]))
      else row.add(to.id)
    }
    const facesOf: FacesOf = (from, to) => {
      const isOther = from.kind === 'single' || to.kind === 'single' || touched.get(from.id)?.has(to.id) === true
      return isOther ? after(from, to) : scene.facesOf(from, to)
    }
    return { watched, changes, scene: { ...scene, world: changedWorld, facesOf } }
  })
  const [first] = looked
  if (first === undefined) throw new Error('coverage needs a file of tests')
  const { changes, scene } = first
  if (looked.every((one) => one.changes.length === 0)) return { mutant, fate: 'no-effect', changes: [], scene }
  const isKilled = looked.some((one) => one.watched.notices(one.scene, one.changes))
  return { mutant, fate: isKilled ? 'killed' : 'survived', changes, scene }
}
