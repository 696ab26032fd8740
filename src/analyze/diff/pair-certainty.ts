import { evaluate } from '../../engine/evaluate.js'
import type { Nodes } from '../../matrix/answer.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { Family } from '../../net/address.js'
import { worst, type Certainty } from '../../model/verdict.js'
import { isTunnelClosed } from '../connection-caveats.js'
import type { Group, Seen } from './groups.js'
import { SIDES, type JointWorld, type SideWorld } from './joint-world.js'
import type { LineChange } from './line-changes.js'
import { commonPorts } from './port-lists.js'

/** How the nodes of two endpoints decide on one side; null where neither is on its host's network. */
export function nodesOf({ places }: SideWorld, from: Seen, to: Seen): Nodes | null {
  if (!from.isHost && !to.isHost) return null
  return from.place !== null && to.place !== null ? places.between(from.place, to.place) : null
}

/**
 * How sure a change is: each side of what it has open, and of the ports that differ where they are closed. What is only possibly
 * open is no change; but it keeps one from being certain.
 */
export function certaintyOfChange(world: JointWorld, source: Group, destination: Group, change: LineChange): Certainty {
  const looks = SIDES.map((name): Certainty => {
    const [from, to] = [source[name], destination[name]]
    if (from === null || to === null) return 'certain'
    const [open, closed] = name === 'base' ? [change.before, change.opened] : [change.after, change.closed]
    return ofSide(world[name], from, to, change.family, open, closed)
  })
  return worst(looks)
}

function ofSide(
  side: SideWorld,
  from: Seen,
  to: Seen,
  family: Family | null,
  open: readonly PortAtom[],
  closed: readonly PortAtom[],
): Certainty {
  const { matrix, caveats } = side
  const { sets } = matrix
  const answer = matrix.rowOf(from.podClass).to(to.podClass, nodesOf(side, from, to), to.asked)
  const said = answer.byFamily.find((one) => one.family === family) ?? answer
  const perhaps = sets.union(said.possible, caveats.between(from.endpoint, to.endpoint))
  const doubtful = perhaps === sets.none ? [] : commonPorts(closed, sets.ports(perhaps))
  const isClosed = caveats.isConcerned && isTunnelClosed(matrix, open, from.endpoint, to.endpoint)
  return worst([
    open.length === 0 ? 'certain' : said.certainty,
    isClosed ? 'undefined' : 'certain',
    doubtful.length === 0 ? 'certain' : certaintyOfClosed(side, from, to, doubtful, family),
  ])
}

/** How sure the engine is of the first of some ports that are closed, and that may be open. */
export function certaintyOfClosed(
  { matrix }: SideWorld,
  from: Seen,
  to: Seen,
  [port]: readonly PortAtom[],
  family: Family | null,
): Certainty {
  const [source] = from.endpoint.party.pods
  const destination = to.endpoint.party.pods.find((pod) => pod !== source)
  if (source === undefined || port === undefined) return 'certain'
  const ends = {
    source: { kind: 'pod', pod: source, replica: 0 },
    destination: { kind: 'pod', pod: destination ?? source, replica: destination === undefined ? 1 : 0 },
  } as const
  const { certainty } = evaluate(matrix.compiled, { ...ends, protocol: port.protocol, port: port.first, family })
  return certainty === 'certain' ? 'undefined' : certainty
}
