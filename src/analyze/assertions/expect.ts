import type { SetId } from '../../matrix/connection-sets.js'
import type { ExpectAssertion } from '../../model/assertion.js'
import { EVERY_PORT } from '../../matrix/port-atoms.js'
import { declaredAt, portsAt } from './asked-ports.js'
import type { Scene } from './scene.js'
import { disagreement } from './disagreement.js'
import { isPair, type End } from './ends.js'
import { exceptOf } from './except.js'
import { markOf, sightOf } from './judge.js'
import type { Disagreement, Outcome } from './outcome.js'
import { deniersDiffer } from './denied-by.js'
import { lookedSides, namingsFor, sideOf, type Naming, type SideEnd } from './sides.js'
import { outcomeOf } from './status.js'
import { nothing } from './unanswerable.js'
import { undeclaredPorts } from './undeclared-ports.js'

/** Evaluates `from`, `to`, `expect`: every pair must agree on every port that is asked about. */
export function evaluateExpect(scene: Scene, test: ExpectAssertion): Outcome {
  const { world, facesOf, lookUp, permit, limits } = scene
  const { sets } = world.matrix
  const sources = lookedSides(scene, 'from', sideOf(lookUp(test.from, 'source')))
  const destinations = lookedSides(scene, 'to', sideOf(lookUp(test.to, 'destination')))
  refuseTiesAtBothEnds(test, sources, destinations)
  limits.pairs(sources.length * destinations.length)
  const except = exceptOf(test.except, lookUp)
  const askedOf = portsAsked(scene, test)
  const wrong: Disagreement[] = []
  const right: Disagreement[] = []
  let pairs = 0
  let isMarked = false
  for (const source of sources) {
    for (const destination of destinations) {
      if (!isPair(source.end, destination.end)) continue
      if (namingsFor(source, destination.end).length === 0) continue
      const namings = namingsFor(destination, source.end)
      if (namings.length === 0) continue
      const kept = except.keep(source.end, destination.end)
      if (kept === null) continue
      pairs += 1
      const asked = namings.reduce((all, naming) => sets.union(all, askedOf(destination.end, naming)), sets.none)
      if (test.expect === 'allow') permit(kept.from, kept.to, asked)
      for (const face of facesOf(kept.from, kept.to)) {
        isMarked ||= test.certainty !== null && markOf(sets, face, asked) === test.certainty
        const { sure, possible } = sightOf(sets, face, test.certainty)
        const found = (problem: Disagreement['problem'], ports: SetId) => {
          limits.disagreement()
          return disagreement(sets, kept, face, problem, ports)
        }
        const bad = test.expect === 'deny' ? sets.intersect(sure, asked) : sets.minus(asked, possible)
        const unsure = sets.intersect(sets.minus(possible, sure), asked)
        if (bad !== sets.none) wrong.push(found(test.expect === 'deny' ? 'open' : 'closed', bad))
        else if (unsure !== sets.none) wrong.push(found('uncertain', unsure))
        else {
          const others = test.deniedBy === null ? null : deniersDiffer(scene, kept, face, asked, test)
          if (others !== null) wrong.push(found(others.problem, others.ports))
          else if (test.knownGap !== null) right.push(found('fixed', asked))
        }
      }
    }
  }
  if (scene.among === null) {
    except.check(test.place, pairs)
    if (pairs === 0)
      throw nothing(
        test.place,
        'the test pairs nothing: a pod to itself is not a pair, and one end must be in the cluster',
      )
  }
  const outcome = outcomeOf(test, { pairs, wrong, right, isMarked })
  if (outcome.status === 'known-gap' && test.expect === 'deny')
    for (const { from, to, ports } of wrong) permit(from, to, sets.of(ports))
  return { ...outcome, remarks: [...outcome.remarks, ...undeclaredPorts(destinations, test.ports)] }
}

/** The ports that a test asks about at a destination: those behind it, else those of the test, else by what is expected. */
function portsAsked({ world }: Scene, test: ExpectAssertion): (end: End, naming: Naming) => SetId {
  const { sets } = world.matrix
  const every = sets.of(EVERY_PORT)
  return (end, { ports: behind, service }) => {
    if (behind !== null && test.ports !== null)
      throw nothing(
        behind[0]?.place ?? test.place,
        '`ports` beside a destination with a port of its own',
        'leave one out',
      )
    const words = behind ?? test.ports
    if (words !== null) return portsAt(world, words, end, service)
    if (test.expect === 'deny') return every
    const declared = declaredAt(world, end, service)
    if (declared !== null) return declared
    const help = end.kind === 'endpoint' ? 'write the ports that must be open' : 'write the ports, as in `internet:443`'
    throw nothing(test.place, `\`${end.id}\` declares no ports, so nothing would have to be open`, help)
  }
}

function refuseTiesAtBothEnds(
  test: ExpectAssertion,
  sources: readonly SideEnd[],
  destinations: readonly SideEnd[],
): void {
  const isTied = (side: readonly SideEnd[]) => side.some(({ namings }) => namings.some((naming) => naming.isTied))
  if (isTied(sources) && isTied(destinations))
    throw nothing(
      test.place,
      '`same-namespace/…` stands at both ends',
      'write the namespace, or a glob, at one of them',
    )
}
