import { chosenReading } from '../../engine/readings.js'
import type { PodClass } from '../../matrix/classes.js'
import type { MatrixWorld } from '../../matrix/lens.js'
import { mayDoubt, readingsOf } from '../../matrix/reading-rows.js'
import { rowsUnder, type Rows } from '../../matrix/rows.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { FAMILIES } from '../../net/address.js'
import { classOf } from '../class-matrix.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { SIDES, type DiffSide, type SideName } from './joint-world.js'
import { sharedClasses } from './shared-classes.js'
import type { Touched } from './touched.js'

/** Looking for the other ends must not take longer than comparing all. */
const MOST_CELLS = 100_000

/**
 * The endpoints to or from which a direction of a touched one is open otherwise; null where looking takes too long. Both sides
 * have the same endpoints.
 */
export function otherEnds(
  sides: Readonly<Record<SideName, DiffSide>>,
  pairs: readonly EndpointPair[],
  policies: readonly MixedPolicy[],
  touched: Touched,
): ReadonlySet<EndpointPair> | null {
  const others = new Set<EndpointPair>()
  if (touched.ingress.size + touched.egress.size === 0) return others
  const worlds = sharedClasses(sides, policies)
  const kinds = kindsOf(worlds, pairs)
  const opens = { base: directionsOf(worlds.base, 'base'), head: directionsOf(worlds.head, 'head') }
  for (const direction of DIRECTIONS) {
    const subjects = kinds.filter(({ members }) => members.some((pair) => touched[direction].has(pair)))
    if (subjects.length * kinds.length > MOST_CELLS) return null
    for (const peer of kinds) {
      const differs = subjects.some((subject) =>
        opens.base(direction, subject, peer).some((open, at) => open !== opens.head(direction, subject, peer)[at]),
      )
      if (differs) for (const pair of peer.members) others.add(pair)
    }
  }
  return others
}

/** Endpoints that both sides have in the same classes. */
interface Kind {
  readonly members: readonly EndpointPair[]
  readonly classes: Readonly<Record<SideName, PodClass>>
}

function kindsOf(worlds: Readonly<Record<SideName, MatrixWorld>>, pairs: readonly EndpointPair[]): readonly Kind[] {
  const seen = pairs.map((pair) => {
    const [base, head] = SIDES.map((name) => {
      const party = pair[name]?.party
      if (party === undefined) throw new Error('both sides have the same endpoints')
      return classOf(worlds[name].classes, party)
    })
    if (base === undefined || head === undefined) throw new Error('there are two sides')
    return { pair, classes: { base, head }, key: `${base.number} ${head.number}` }
  })
  return [...grouped(seen, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ members: same.map(({ pair }) => pair), classes: first.classes }]
  })
}

/** What a side has open in one direction of a subject, over any family and over each, as things stand and as they may turn out. */
function directionsOf(world: MatrixWorld, name: SideName) {
  const views: readonly Rows[] = [null, ...FAMILIES].flatMap((family) => {
    const reading = chosenReading(world.compiled)
    return [
      rowsUnder(world, { family, reading, extent: 'value' }),
      ...(mayDoubt(world) ? readingsOf(world) : []).map((one) =>
        rowsUnder(world, { family, reading: one, extent: 'possible' }),
      ),
    ]
  })
  return (direction: Direction, subject: Kind, peer: Kind) => {
    const [own, other] = [subject.classes[name], peer.classes[name]]
    const ends = direction === 'egress' ? ([own, other] as const) : ([other, own] as const)
    return views.map((rows) => rows.cell(direction, ...ends))
  }
}
