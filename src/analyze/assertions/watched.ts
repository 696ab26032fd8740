import type { Assertion } from '../../model/assertion.js'
import { evaluateTest, type EvaluatedFile } from './evaluate.js'
import type { FacesOf } from './faces.js'
import { NO_LIMITS } from './limits.js'
import type { PairChange } from './matrix-changes.js'
import type { Outcome } from './outcome.js'
import { permissions } from './permissions.js'
import type { Scene } from './scene.js'

/** A file whose tests are known by the pairs that they look at. */
export interface Watched {
  /** Whether some test has another status in a scene in which these pairs are changed. */
  readonly notices: (scene: Scene, changes: readonly PairChange[]) => boolean
}

/** Of a test that looks at more pairs than these it is not kept which. */
const MOST_PAIRS = 10_000

/** Finds out which pairs the tests of a file look at. */
export function watch({ scene, outcomes, allowed }: EvaluatedFile): Watched {
  const testsOf = new Map<string, Map<string, Outcome[]>>()
  const always: Outcome[] = []
  for (const outcome of outcomes) {
    const pairs = new Map<string, Set<string>>()
    const seen = { pairs: 0, single: false }
    const facesOf: FacesOf = (from, to) => {
      if (from.kind === 'single' || to.kind === 'single') seen.single = true
      if (seen.pairs <= MOST_PAIRS) {
        const row = pairs.get(from.id) ?? new Set()
        pairs.set(from.id, row.add(to.id))
        seen.pairs += 1
      }
      return scene.facesOf(from, to)
    }
    evaluateTest({ ...scene, facesOf, limits: NO_LIMITS, permit: () => undefined }, outcome.assertion, allowed)
    if (seen.single || seen.pairs > MOST_PAIRS || looksFurther(outcome.assertion)) always.push(outcome)
    else for (const [from, row] of pairs) for (const to of row) note(from, to, outcome)
  }

  function note(from: string, to: string, outcome: Outcome): void {
    const row = testsOf.get(from) ?? new Map<string, Outcome[]>()
    testsOf.set(from, row)
    const tests = row.get(to)
    if (tests === undefined) row.set(to, [outcome])
    else tests.push(outcome)
  }

  const hasClosed = outcomes.some(({ assertion }) => assertion.kind === 'closed')

  return {
    notices(mutated, changes) {
      const changed = { ...mutated, limits: NO_LIMITS }
      const touched = new Set(always)
      const among = { from: new Set<string>(), to: new Set<string>() }
      for (const { from, to } of changes) {
        among.from.add(from.id)
        among.to.add(to.id)
        for (const outcome of testsOf.get(from.id)?.get(to.id) ?? []) touched.add(outcome)
      }
      // What a known gap permits depends on what is open, so all that is permitted is noted anew
      if (hasClosed && [...touched].some(({ knownGap }) => knownGap !== null)) {
        const anew = permissions(changed.world.matrix.sets)
        return outcomes.some((outcome) => isOther({ ...changed, permit: anew.permit }, outcome, anew))
      }
      const quiet = { ...changed, permit: () => undefined }
      return [...touched].some((outcome) =>
        isOther(looksAtAll(outcome.assertion) ? quiet : { ...quiet, among }, outcome, allowed),
      )
    },
  }
}

function isOther(scene: Scene, { assertion, status }: Outcome, allowed: EvaluatedFile['allowed']): boolean {
  return evaluateTest(scene, assertion, allowed).status !== status
}

/** Who denies can change where what is open does not. */
function looksFurther(assertion: Assertion): boolean {
  return assertion.kind === 'expect' && assertion.deniedBy !== null
}

/** Whether the status of a test that holds depends on pairs that are as they were: a gap is fixed in part, a mark is nowhere left. */
function looksAtAll(assertion: Assertion): boolean {
  switch (assertion.kind) {
    case 'expect':
      return assertion.knownGap !== null || assertion.certainty !== null || assertion.deniedBy !== null
    case 'allowOnlyFrom':
    case 'allowOnlyTo':
      return assertion.certainty !== null || assertion.entries.some(({ knownGap }) => knownGap !== null)
    case 'closed':
      return assertion.certainty !== null
    case 'refused':
      return true
  }
}
