import { chosenReading, type Reading } from '../../engine/readings.js'
import { hasDoubts, type PodClass } from '../../matrix/classes.js'
import type { SetId } from '../../matrix/connection-sets.js'
import type { Extent, MatrixWorld } from '../../matrix/lens.js'
import { widerReadingsOf } from '../../matrix/reading-rows.js'
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
  const { sets } = worlds.head
  // Doubts about labels are not independent, so that what may be open of both sides can be alike and mean another thing
  const isDoubted = SIDES.some((name) => hasDoubts(worlds[name].classes))
  const isOpenOtherwise = (before: readonly Opened[], after: readonly Opened[]) =>
    after.some(({ open, perhaps }, at) => {
      const { open: old = sets.none, perhaps: oldPerhaps = sets.none } = before[at] ?? {}
      return open !== old || !sets.covers(isDoubted ? old : oldPerhaps, perhaps)
    })
  for (const direction of DIRECTIONS) {
    const subjects = kinds.filter(({ members }) => members.some((pair) => touched[direction].has(pair)))
    if (subjects.length * kinds.length > MOST_CELLS) return null
    for (const peer of kinds) {
      const differs = subjects.some((subject) =>
        isOpenOtherwise(opens.base(direction, subject, peer), opens.head(direction, subject, peer)),
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

/** What is open as things stand, and that and what may be. */
interface Opened {
  readonly open: SetId
  readonly perhaps: SetId
}

/** What a side has open in one direction of a subject, over any family and over each. */
function directionsOf(world: MatrixWorld, name: SideName) {
  const views = [null, ...FAMILIES].map((family) => {
    const under = (reading: Reading, extent: Extent): Rows => rowsUnder(world, { family, reading, extent })
    return {
      value: under(chosenReading(world.compiled), 'value'),
      possible: widerReadingsOf(world).map((reading) => under(reading, 'possible')),
    }
  })
  return (direction: Direction, subject: Kind, peer: Kind): readonly Opened[] => {
    const [own, other] = [subject.classes[name], peer.classes[name]]
    const ends = direction === 'egress' ? ([own, other] as const) : ([other, own] as const)
    return views.map(({ value, possible }) => {
      const open = value.cell(direction, ...ends)
      const cells = possible.map((rows) => rows.cell(direction, ...ends))
      return { open, perhaps: cells.reduce((all, one) => world.sets.union(all, one), open) }
    })
  }
}
