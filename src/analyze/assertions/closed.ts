import type { SetId } from '../../matrix/connection-sets.js'
import type { ClosedAssertion } from '../../model/assertion.js'
import { FAMILIES } from '../../net/address.js'
import { wholeFamily } from '../../net/ranges.js'
import { suggestForNamespace } from '../../query/did-you-mean.js'
import { matchesGlob } from '../../query/glob.js'
import { disagreement } from './disagreement.js'
import { isPair, namespaceOf, type End } from './ends.js'
import type { KeptPair } from './except.js'
import type { Face } from './faces.js'
import { markOf, sightOf } from './judge.js'
import type { Disagreement, Outcome } from './outcome.js'
import type { Permissions } from './permissions.js'
import { lookedAt, type Among, type Scene } from './scene.js'
import { finish } from './status.js'
import { nothing } from './unanswerable.js'

/** Evaluates `closed`: whatever is open to or from its namespaces, and no test allows, is a failure. */
export function evaluateClosed(scene: Scene, test: ClosedAssertion, permissions: Permissions): Outcome {
  const { world, facesOf, limits } = scene
  const { sets } = world.matrix
  const inside = insideOf(scene, test)
  const failures: Disagreement[] = []
  let pairs = 0
  let isMarked = false
  const evaluate = (pair: KeptPair, face: Face, permitted: SetId) => {
    const rest = (ports: SetId) => sets.minus(ports, permitted)
    isMarked ||= test.certainty !== null && markOf(sets, face, rest(sets.all)) === test.certainty
    const { sure, possible } = sightOf(sets, face, test.certainty)
    const [problem, ports] =
      rest(sure) !== sets.none ? (['unlisted', rest(sure)] as const) : (['uncertain', rest(possible)] as const)
    if (ports === sets.none) return
    limits.disagreement()
    failures.push(disagreement(sets, pair, face, problem, ports))
  }
  const outward = test.directions.includes('egress')
  const inward = test.directions.includes('ingress')
  const everybody = world.everybody()
  const looked = (side: keyof Among, ends: readonly End[]) => lookedAt(scene, side, ends, ({ id }) => id)
  const insideOrder = everybody.filter(({ id }) => inside.has(id))
  const [reached, reachedInside] = [looked('to', everybody), looked('to', insideOrder)]
  const sources = looked('from', everybody)
  const asking = outward ? sources.filter(({ id }) => inside.has(id)).length : 0
  limits.pairs(asking * reached.length + (inward ? (sources.length - asking) * reachedInside.length : 0))
  for (const from of sources) {
    const isAsked = outward && inside.has(from.id)
    for (const to of isAsked ? reached : inward ? reachedInside : []) {
      if (!isPair(from, to)) continue
      pairs += 1
      for (const face of facesOf(from, to)) {
        if (face.open === sets.none && face.undefinedPorts === sets.none && face.indeterminatePorts === sets.none)
          continue
        evaluate({ from, to }, face, permissions.between(from, to))
      }
    }
  }
  if (test.external) {
    for (const end of insideOrder) {
      for (const direction of test.directions) {
        const outside: End = { kind: 'outside', id: 'external', ranges: FAMILIES.map(wholeFamily) }
        const [from, to] = direction === 'egress' ? [end, outside] : [outside, end]
        if (looked('from', [from]).length + looked('to', [to]).length < 2) continue
        pairs += 1
        for (const face of facesOf(from, to)) {
          for (const { ranges, ports } of permissions.outside(from, to, face.ranges ?? []))
            evaluate({ from, to }, { ...face, ranges }, ports)
        }
      }
    }
  }
  return finish(test, { pairs, isMarked }, failures, null)
}

/** The ids of what is in the closed namespaces; one that has nothing to close is an error. */
function insideOf({ world }: Scene, { namespaces }: ClosedAssertion): ReadonlySet<string> {
  const everybody = world.everybody()
  return new Set(
    namespaces.flatMap(({ text, place }) => {
      const found = everybody.filter((end) => matchesGlob(text, namespaceOf(end) ?? ''))
      if (found.length > 0) return found.map(({ id }) => id)
      const known = [...new Set(everybody.map((end) => namespaceOf(end) ?? ''))].sort()
      throw nothing(place, `no workload lies in the namespace \`${text}\``, suggestForNamespace(text, known))
    }),
  )
}
