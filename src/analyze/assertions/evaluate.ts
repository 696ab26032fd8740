import type { EngineOptions } from '../../engine/compile.js'
import type { Assertion, AssertionFile } from '../../model/assertion.js'
import type { Cluster } from '../../model/cluster.js'
import { evaluateAllowOnly } from './allow-only.js'
import { portsMentioned } from './asked-ports.js'
import { evaluateClosed } from './closed.js'
import { evaluateExpect } from './expect.js'
import { facesIn } from './faces.js'
import { testLimits, type TestLimits } from './limits.js'
import type { Outcome } from './outcome.js'
import { peerLookup } from './peers.js'
import { permissions, type Permissions } from './permissions.js'
import type { Scene } from './scene.js'
import { Unanswerable } from './unanswerable.js'
import { assertionWorld, type AssertionWorld } from './world.js'

/** How the tests of a file are evaluated. */
export interface AssertionOptions extends EngineOptions {
  /** The namespace of peers that name none. */
  readonly namespace: string
  /** An uncertain pair that no `certainty` admits is an error, and so are warnings about tests. */
  readonly isStrict: boolean
  /** Those of one file where they are left out. */
  readonly limits?: TestLimits
}

/** The outcomes of the tests of a file, with the world that they were asked in. */
export interface EvaluatedFile {
  readonly world: AssertionWorld
  readonly outcomes: readonly Outcome[]
  readonly scene: Scene
  readonly allowed: Permissions
}

/** Evaluates the tests of a file over a cluster. A test that cannot be evaluated is an error, and the others are evaluated. */
export function evaluateFile(cluster: Cluster, file: AssertionFile, options: AssertionOptions): EvaluatedFile {
  const { namespace, isStrict, limits = testLimits(), ...engine } = options
  const world = assertionWorld(cluster, engine, namespace, portsMentioned(file, cluster))
  const allowed = permissions(world.matrix.sets)
  const scene: Scene = {
    world,
    facesOf: facesIn(world),
    lookUp: peerLookup(world, file),
    among: null,
    permit: allowed.permit,
    limits,
  }
  const outcomes = file.assertions.map((assertion) => {
    const outcome = evaluateTest(scene, assertion, allowed)
    return isStrict ? strictly(outcome) : outcome
  })
  return { world, outcomes, scene, allowed }
}

/** Evaluates one test in a scene. */
export function evaluateTest(scene: Scene, assertion: Assertion, allowed: Permissions): Outcome {
  try {
    return evaluateOne(scene, assertion, allowed)
  } catch (error) {
    if (error instanceof Unanswerable) return failed(assertion, error)
    throw error
  }
}

function evaluateOne(scene: Scene, assertion: Assertion, allowed: Permissions): Outcome {
  switch (assertion.kind) {
    case 'expect':
      return evaluateExpect(scene, assertion)
    case 'allowOnlyFrom':
    case 'allowOnlyTo':
      return evaluateAllowOnly(scene, assertion)
    case 'closed':
      return evaluateClosed(scene, assertion, allowed)
    case 'refused': {
      const { code, message, help, line, column } = assertion.problem
      return failed(assertion, { code, message, help, place: { line: line ?? 1, column: column ?? 1 } })
    }
  }
}

function failed(assertion: Assertion, { code, message, help, place }: NonNullable<Outcome['error']>): Outcome {
  const knownGap = assertion.kind === 'expect' ? assertion.knownGap : null
  const error = { code, message, help, place }
  return { assertion, status: 'error', pairs: 0, knownGap, failures: [], error, remarks: [] }
}

/** Under `--strict` what is not certain is no answer, and a warning an error. */
function strictly(outcome: Outcome): Outcome {
  const { assertion, failures, remarks } = outcome
  const uncertain = failures.find(({ problem }) => problem === 'uncertain')
  const warning = remarks.find(({ severity }) => severity === 'warning')
  if (outcome.status === 'error') return outcome
  if (uncertain !== undefined) {
    const message = `the pair of \`${uncertain.from.id}\` and \`${uncertain.to.id}\` is ${uncertain.certainty}, and --strict rejects uncertain answers`
    const help = `settle it in the input, or admit it with \`certainty: ${uncertain.certainty}\``
    return { ...outcome, status: 'error', error: { code: 'NP032', message, help, place: assertion.place } }
  }
  if (warning === undefined) return outcome
  const { code, message, help, place } = warning
  return { ...outcome, status: 'error', error: { code, message, help, place } }
}
