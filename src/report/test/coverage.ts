import type { MutantFate } from '../../analyze/assertions/coverage.js'
import { mutantFates } from '../../analyze/assertions/coverage.js'
import { evaluateTest, type EvaluatedFile } from '../../analyze/assertions/evaluate.js'
import { NO_LIMITS } from '../../analyze/assertions/limits.js'
import { permissions } from '../../analyze/assertions/permissions.js'
import type { PairChange } from '../../analyze/assertions/matrix-changes.js'
import type { Scene } from '../../analyze/assertions/scene.js'
import type { Cluster } from '../../model/cluster.js'
import { formatPath, placeOf } from '../../model/source.js'
import { toCidrs } from '../../net/cidr.js'
import { oneLineTest, outsideWord, peerWord } from './one-line-test.js'
import type { CoverageResult, MutantCounts, SurvivorResult } from './test-result.js'

/** So many pairs of a survivor are tried for a test that would tell. */
const MOST_TRIED = 20

/** Asks of each place in the policies whether some test would notice its loss. */
export function coverageOf(inputs: ReadonlyMap<Cluster, readonly EvaluatedFile[]>): CoverageResult {
  const opening = { killed: 0, survived: 0 }
  const closing = { killed: 0, survived: 0 }
  const survivors: SurvivorResult[] = []
  let noEffect = 0
  for (const [cluster, files] of inputs) {
    for (const fate of mutantFates(cluster, files)) {
      if (fate.fate === 'no-effect') noEffect += 1
      else {
        const { none } = fate.scene.world.matrix.sets
        const counts = fate.changes.some(({ opened }) => opened !== none) ? opening : closing
        counts[fate.fate] += 1
        const [file] = files
        if (fate.fate === 'survived' && file !== undefined) survivors.push(survivorOf(fate, file))
      }
    }
  }
  const [killed, survived] = [opening.killed + closing.killed, opening.survived + closing.survived]
  const percent = killed + survived === 0 ? null : Math.floor((killed * 1000) / (killed + survived)) / 10
  return { percent, killed, survived, noEffect, opening, closing, survivors } satisfies CoverageResult & {
    readonly opening: MutantCounts
  }
}

function survivorOf(fate: MutantFate, file: EvaluatedFile): SurvivorResult {
  const { mutant, changes, scene } = fate
  const { mutation, policy, path } = mutant
  const { none } = scene.world.matrix.sets
  return {
    mutation,
    policy: { kind: policy.kind, namespace: policy.namespace, name: policy.name },
    path: formatPath(path),
    ...placeOf(policy.source, path),
    opened: changes.filter(({ opened }) => opened !== none).length,
    closed: changes.filter(({ closed }) => closed !== none).length,
    test: tellingTest(fate, file),
  }
}

/** A one-line test that holds on the input and not with a mutant; null where none of the first pairs that it changes has one. */
export function tellingTest({ changes, scene }: MutantFate, file: EvaluatedFile): string | null {
  return changes
    .slice(0, MOST_TRIED)
    .reduce<string | null>((found, change) => found ?? telling(change, file, scene), null)
}

/** A one-line test about a pair that tells; both answers are tried out. */
function telling(change: PairChange, file: EvaluatedFile, mutated: Scene): string | null {
  const { world } = file
  const { sets } = world.matrix
  const verdict = change.opened !== sets.none ? 'deny' : 'allow'
  const all = sets.ports(verdict === 'deny' ? change.opened : change.closed)
  const word =
    change.ranges === null ? '' : (outsideWord(world.cluster, change.ranges) ?? change.ranges.flatMap(toCidrs)[0] ?? '')
  const [from, to] = [peerWord(world.cluster, change.from, word), peerWord(world.cluster, change.to, word)]
  const text = oneLineTest(verdict, from, to, all)
  const place = { line: 1, column: 1 }
  const head = { name: text, place, why: null, deniedBy: null, except: [], certainty: null, knownGap: null } as const
  const target = /^\S+ .* -> (.*)$/.exec(text)?.[1] ?? ''
  const test = {
    ...head,
    kind: 'expect',
    from: [{ text: from, place }],
    to: [{ text: target, place }],
    ports: null,
    expect: verdict,
  } as const
  const statusIn = (scene: Scene) =>
    evaluateTest({ ...scene, limits: NO_LIMITS, permit: () => undefined }, test, permissions(sets)).status
  return statusIn(file.scene) === 'passed' && statusIn(mutated) !== 'passed' ? text : null
}
