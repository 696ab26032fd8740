import type { Assertion } from '../../model/assertion.js'
import type { Cluster } from '../../model/cluster.js'
import { isNetworkPolicy, type NetworkPolicy } from '../../model/policy.js'
import { matrixOf } from '../class-matrix.js'
import { evaluateTest, type EvaluatedFile } from './evaluate.js'
import { facesIn, type FacesOf } from './faces.js'
import { changedPairs, type PairChange } from './matrix-changes.js'
import { mutantsOf, type Mutant } from './mutants.js'
import type { Outcome } from './outcome.js'
import { permissions } from './permissions.js'
import type { Scene } from './scene.js'

/** What came of a mutant: no effect on the matrix, noticed by some test, or by none. */
export interface MutantFate {
  readonly mutant: Mutant
  readonly fate: 'no-effect' | 'killed' | 'survived'
  /** Every pair that it changes; empty where it has no effect. */
  readonly changes: readonly PairChange[]
  /** Evaluates a one-line test with the mutant in place of its policy. */
  readonly scene: Scene
}

/** Tries every mutant of the policies of a cluster on the tests of all files about it. */
export function* mutantFates(cluster: Cluster, files: readonly EvaluatedFile[]): Iterable<MutantFate> {
  const watched = files.map(watch)
  for (const policy of cluster.policies.filter(isNetworkPolicy))
    for (const mutant of mutantsOf(policy)) yield fateOf(cluster, policy, mutant, watched)
}

/** A file whose tests are known by the pairs that each of them looks at. */
interface Watched {
  readonly file: EvaluatedFile
  readonly tests: readonly { readonly outcome: Outcome; readonly pairs: ReadonlySet<string> | 'any' }[]
  readonly hasGaps: boolean
}

function watch(file: EvaluatedFile): Watched {
  const { scene, outcomes, allowed } = file
  const tests = outcomes.map((outcome) => {
    const pairs = new Set<string>()
    let isOpen = asksForReasons(outcome.assertion)
    const facesOf: FacesOf = (from, to) => {
      if (from.kind === 'single' || to.kind === 'single') isOpen = true
      pairs.add(`${from.id} ${to.id}`)
      return scene.facesOf(from, to)
    }
    evaluateTest({ ...scene, facesOf, permit: () => undefined }, outcome.assertion, allowed)
    return { outcome, pairs: isOpen ? ('any' as const) : pairs }
  })
  return { file, tests, hasGaps: outcomes.some(({ knownGap }) => knownGap !== null) }
}

/** Who denies can change where what is open does not. */
function asksForReasons(assertion: Assertion): boolean {
  return assertion.kind === 'expect' && assertion.deniedBy !== null
}

function fateOf(cluster: Cluster, policy: NetworkPolicy, mutant: Mutant, files: readonly Watched[]): MutantFate {
  const mutated = { ...cluster, policies: cluster.policies.map((one) => (one === policy ? mutant.mutated : one)) }
  const place = { namespace: policy.namespace, direction: mutant.direction }
  const looked = files.map((watched) => {
    const { scene, world } = watched.file
    const matrix = matrixOf(mutated, world.options, [], world.matrix.sets)
    const changedWorld = { ...world, cluster: mutated, matrix }
    const after = facesIn(changedWorld)
    const changes = changedPairs(world, matrix, place, scene.facesOf, after)
    const byPair = new Map(changes.map((change) => [`${change.from.id} ${change.to.id}`, change]))
    const facesOf: FacesOf = (from, to) => {
      const isOther = from.kind === 'single' || to.kind === 'single' || byPair.has(`${from.id} ${to.id}`)
      return isOther ? after(from, to) : scene.facesOf(from, to)
    }
    const changed: Scene = { ...scene, world: changedWorld, facesOf }
    return { watched, changes, byPair, scene: changed }
  })
  const [first] = looked
  if (first === undefined) throw new Error('coverage needs a file of tests')
  const { changes, scene } = first
  if (looked.every((one) => one.changes.length === 0)) return { mutant, fate: 'no-effect', changes: [], scene }
  const isKilled = looked.some((one) => isNoticed(one.watched, one.byPair, one.scene))
  return { mutant, fate: isKilled ? 'killed' : 'survived', changes, scene }
}

function isNoticed({ file, tests, hasGaps }: Watched, byPair: ReadonlyMap<string, unknown>, scene: Scene): boolean {
  // What a known gap permits depends on what is open, so it is noted anew
  const allowed = hasGaps ? permissions(scene.world.matrix.sets) : file.allowed
  const permit = hasGaps ? allowed.permit : () => undefined
  return tests.some(({ outcome, pairs }) => {
    const isTouched = hasGaps || pairs === 'any' || [...byPair.keys()].some((pair) => pairs.has(pair))
    return isTouched && evaluateTest({ ...scene, permit }, outcome.assertion, allowed).status !== outcome.status
  })
}
