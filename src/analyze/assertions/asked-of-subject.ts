import type { AllowOnlyAssertion } from '../../model/assertion.js'
import { EVERY_PORT } from '../../matrix/port-atoms.js'
import { lazy, once } from '../../model/once.js'
import { portsAt } from './asked-ports.js'
import type { End } from './ends.js'
import type { Asked } from './entries.js'
import type { Scene } from './scene.js'
import { namingsFor, type Naming, type SideEnd } from './sides.js'
import { nothing } from './unanswerable.js'

const portsNamed = once((namings: readonly Naming[]) => namings.flatMap(({ ports }) => ports ?? []))

/** The ports that `allowOnlyFrom` or `allowOnlyTo` asks about for each pair of one subject, and whether it names them. */
export function askedOf({ world }: Scene, test: AllowOnlyAssertion, subject: SideEnd): (other: End) => Asked {
  const { sets } = world.matrix
  const every = sets.of(EVERY_PORT)
  const isFrom = test.kind === 'allowOnlyFrom'
  const isTied = subject.namings.some((naming) => naming.isTied)
  const ofAll = lazy(() => asked(subject.namings, subject.end))
  // What is asked at the subject itself depends on the other end only as far as `same-namespace/…` does
  return (other) => (isFrom && !isTied ? ofAll() : asked(namingsFor(subject, other), other))

  function asked(namings: readonly Naming[], other: End): Asked {
    const behind = portsNamed(namings)
    if (behind.length > 0 && test.ports !== null)
      throw nothing(
        behind[0]?.place ?? test.place,
        '`ports` beside a destination with a port of its own',
        'leave one out',
      )
    const isWhole = test.ports === null && namings.some(({ ports }) => ports === null)
    const services = isFrom ? [...new Set(namings.map(({ service }) => service))] : [null]
    if (isWhole) return { asked: every, isNamed: false, services }
    const ports = isFrom
      ? namings.map((one) => portsAt(world, test.ports ?? one.ports ?? [], subject.end, one.service))
      : [portsAt(world, test.ports ?? behind, other)]
    return { asked: ports.reduce(sets.union, sets.none), isNamed: true, services }
  }
}
