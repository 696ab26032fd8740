import type { Answer, Nodes } from '../../matrix/answer.js'
import type { SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
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
  // Nothing can be closed there that may be open
  if (isCovered(boundOf(world.head, from, to, nodes), before, after)) return []
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

  function isCovered(bound: SetId, ...known: readonly Openness[]): boolean {
    return known.some(({ all, byFamily }) =>
      [all, ...FAMILIES.map((family) => byFamily[family])].every((open) => sets.covers(open, bound)),
    )
  }
}

function inFamily(answer: Answer, family: Family | null): Pick<Answer, 'open' | 'possible'> {
  return answer.byFamily.find((one) => one.family === family) ?? answer
}

/** All that may be open, and perhaps more: hosts are looked at closely, whatever their policies. */
function boundOf({ matrix }: SideWorld, from: Seen, to: Seen, nodes: Nodes | null): SetId {
  const { sets } = matrix
  const bound = nodes === null ? matrix.rowOf(from.podClass).possibleCell(to.podClass) : sets.all
  return sets.intersect(bound, to.asked)
}

function answerOf(side: SideWorld, from: Seen | null, to: Seen | null): Answer | null {
  if (from === null || to === null) return null
  return side.matrix.rowOf(from.podClass).to(to.podClass, nodesOf(side, from, to), side.matrix.sets.all)
}
