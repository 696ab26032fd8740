import type { Answer, FamilyOpen } from '../../matrix/answer.js'
import { hasDoubts } from '../../matrix/classes.js'
import type { SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import { once } from '../../model/once.js'
import { FAMILIES, type Family } from '../../net/address.js'
import type { Group, Seen } from './groups.js'
import type { JointWorld, SideWorld } from './joint-world.js'
import { possibleChange, type LineChange } from './line-changes.js'
import type { Openness } from './openness.js'
import { certaintyOfClosed, nodesOf } from './pair-certainty.js'

/** What is asked of a pair; on the base it may not be there. */
interface Asked {
  readonly source: Group
  readonly destination: Group
  readonly isThereBefore: boolean
  /** What both sides have open as things stand. */
  readonly before: Openness
  readonly after: Openness
  readonly ports: (set: SetId) => readonly PortAtom[]
}

/**
 * The ports that may be open on the head, where the input or the API leaves it open, and that were certainly closed on the base;
 * with all families, and with one of which alone that is so. What is open as things stand is not among them.
 */
export function possibleOpenings(world: JointWorld, asked: Asked): readonly LineChange[] {
  const { sets } = world
  const { source, destination, before, after } = asked
  const [from, to] = [source.head, destination.head]
  if (from === null || to === null) return []
  const nodes = nodesOf(world.head, from, to)
  const bound = nodes === null ? boundOf(world.head, from, to) : null
  // Nothing is closed there that may be open
  if (bound !== null && [before, after].some((known) => isWithin(bound, known))) return []
  // Rows take doubts about labels as independent, so that those who say the same may mean another thing
  if (bound !== null && asked.isThereBefore && !isDoubted(world) && isSameBound(bound, source.base, destination.base))
    return []
  const now = world.head.matrix.rowOf(from.podClass).to(to.podClass, nodes, to.asked)
  const old = asked.isThereBefore ? answerOf(world.base, source.base, destination.base) : null
  const whole = newly(null)
  return [null, ...FAMILIES].flatMap((family): readonly LineChange[] => {
    const more = family === null ? whole : sets.minus(newly(family), whole)
    const ports = more === sets.none ? [] : asked.ports(more)
    if (ports.length === 0) return []
    const certainty = certaintyOfClosed(world.head, from, to, ports, family)
    const isOpen = family === null ? after.all : after.byFamily[family]
    return [possibleChange(family, asked.ports(isOpen), ports, certainty)]
  })

  function newly(family: Family | null): SetId {
    const { possible } = inFamily(now, family)
    const known = old === null ? null : inFamily(old, family)
    const wasOpen = family === null ? before.all : before.byFamily[family]
    const isOpen = family === null ? after.all : after.byFamily[family]
    return [wasOpen, isOpen, ...(known === null ? [] : [known.open, known.possible])].reduce(
      (more, one) => sets.minus(more, one),
      possible,
    )
  }

  function isWithin(perhaps: readonly FamilyOpen[], { all, byFamily }: Openness): boolean {
    return perhaps.every(({ family, open }) =>
      sets.covers(family === null ? all : byFamily[family], sets.intersect(open, to?.asked ?? sets.all)),
    )
  }

  function isSameBound(perhaps: readonly FamilyOpen[], fromBefore: Seen | null, toBefore: Seen | null): boolean {
    if (fromBefore === null || toBefore === null || nodesOf(world.base, fromBefore, toBefore) !== null) return false
    const known = boundOf(world.base, fromBefore, toBefore)
    return (
      known.length === perhaps.length &&
      known.every(({ family, open }) => perhaps.some((one) => one.family === family && one.open === open))
    )
  }
}

function inFamily(answer: Answer, family: Family | null): Pick<Answer, 'open' | 'possible'> {
  return answer.byFamily.find((one) => one.family === family) ?? answer
}

/** All that may be open over each family, and perhaps more. */
function boundOf({ matrix }: SideWorld, from: Seen, to: Seen): readonly FamilyOpen[] {
  return matrix.rowOf(from.podClass).possibleCell(to.podClass)
}

const isDoubted = once(({ base, head }: JointWorld) => [base, head].some(({ matrix }) => hasDoubts(matrix.classes)))

function answerOf(side: SideWorld, from: Seen | null, to: Seen | null): Answer | null {
  if (from === null || to === null) return null
  return side.matrix.rowOf(from.podClass).to(to.podClass, nodesOf(side, from, to), side.matrix.sets.all)
}
