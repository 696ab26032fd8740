import { chosenReading } from '../../engine/readings.js'
import { rowsUnder, type Rows } from '../../matrix/rows.js'
import type { PodClass } from '../../matrix/classes.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { FAMILIES } from '../../net/address.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { ruleForms } from '../../policy/rule-forms.js'
import { classOf } from '../class-matrix.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import { jointWorld, SIDES, type DiffSide, type JointWorld, type SideName } from './joint-world.js'
import { isSameGround } from './same-ground.js'
import { touchedBy, type Touched } from './touched.js'

/** The part of two sides that policies which differ can have to do with. */
export interface NearChanges {
  readonly touched: Touched
  /** The endpoints that are touched, and those at the other end where one direction of a touched one may be open otherwise. */
  readonly ends: ReadonlySet<EndpointPair>
  /** Both sides with these endpoints only, the policies that may govern them, and all that differ. */
  readonly sides: Readonly<Record<SideName, DiffSide>>
}

/** Looking for the other ends must not take longer than comparing all. */
const MOST_CELLS = 100_000

/**
 * Narrows two sides of which only policies differ to what these can have changed; null where anything else differs, or they may
 * have changed nearly everything.
 *
 * What is open from one endpoint to another is what the egress of the one and the ingress of the other open. Each direction is
 * decided by the policies that may govern its endpoint alone, in an order that other policies have no say in. So it is the same on
 * both sides wherever none of them differs; and where one does, it is computed for both sides from these policies alone, as things
 * stand. Only that counts as a change; how sure one is, is asked with all policies of both its ends.
 */
export function nearChanges(
  base: DiffSide,
  head: DiffSide,
  pairs: readonly EndpointPair[],
  policies: readonly MixedPolicy[],
): NearChanges | null {
  if (!isSameGround(base, head, pairs)) return null
  const changed = new Set(
    policies
      .filter(({ edits }) => edits.length > 0)
      .flatMap((policy) => [policy.base, policy.head])
      .filter((form) => form !== null),
  )
  const touched = touchedBy([...changed], head.cluster, pairs)
  const own = new Set(DIRECTIONS.flatMap((direction) => [...touched[direction]]))
  const others = otherEnds(sidesWith(base, head, pairs, own, changed), pairs, touched)
  if (others === null) return null
  const ends = new Set([...own, ...others])
  return { touched, ends, sides: sidesWith(base, head, [...ends], ends, changed) }
}

/** Both sides with some endpoints, and with the policies that may govern `governed` ones or that differ. */
function sidesWith(
  base: DiffSide,
  head: DiffSide,
  ends: readonly EndpointPair[],
  governed: ReadonlySet<EndpointPair>,
  changed: ReadonlySet<RuleForm>,
): Readonly<Record<SideName, DiffSide>> {
  const homes = new Set<string | null>([null, ...[...governed].map((pair) => workloadOf(pair).namespace)])
  const sideOf = ({ cluster, options }: DiffSide, name: SideName): DiffSide => {
    const own = new Set(ends.map((pair) => pair[name]?.party.workload))
    const forms = ruleForms(cluster.policies)
    return {
      options,
      cluster: {
        ...cluster,
        workloads: cluster.workloads.filter((workload) => own.has(workload)),
        policies: cluster.policies.filter((_, index) => {
          const form = forms[index]
          return form !== undefined && (homes.has(form.home) || changed.has(form))
        }),
      },
    }
  }
  return { base: sideOf(base, 'base'), head: sideOf(head, 'head') }
}

/** Endpoints that both sides have in the same classes. */
interface Kind {
  readonly members: readonly EndpointPair[]
  readonly classes: Readonly<Record<SideName, PodClass>>
}

/** The endpoints to or from which a direction of a touched one is open otherwise; null where looking takes too long. */
function otherEnds(
  sides: Readonly<Record<SideName, DiffSide>>,
  pairs: readonly EndpointPair[],
  touched: Touched,
): ReadonlySet<EndpointPair> | null {
  const others = new Set<EndpointPair>()
  if (touched.ingress.size + touched.egress.size === 0) return others
  const world = jointWorld(sides.base, sides.head)
  const kinds = kindsOf(world, pairs)
  const opens = { base: directionsOf(world, 'base'), head: directionsOf(world, 'head') }
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

function kindsOf(world: JointWorld, pairs: readonly EndpointPair[]): readonly Kind[] {
  const seen = pairs.map((pair) => {
    const [base, head] = SIDES.map((name) => {
      const party = pair[name]?.party
      if (party === undefined) throw new Error('both sides have the same endpoints')
      return classOf(world[name].matrix.classes, party)
    })
    if (base === undefined || head === undefined) throw new Error('there are two sides')
    return { pair, classes: { base, head }, key: `${base.number} ${head.number}` }
  })
  return [...grouped(seen, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ members: same.map(({ pair }) => pair), classes: first.classes }]
  })
}

/** What a side has open in one direction of a subject, over any family and over each, as things stand. */
function directionsOf(world: JointWorld, name: SideName) {
  const { matrix } = world[name]
  const views: readonly Rows[] = [null, ...FAMILIES].map((family) =>
    rowsUnder(matrix, { family, reading: chosenReading(matrix.compiled), extent: 'value' }),
  )
  return (direction: Direction, subject: Kind, peer: Kind) => {
    const [own, other] = [subject.classes[name], peer.classes[name]]
    const ends = direction === 'egress' ? ([own, other] as const) : ([other, own] as const)
    return views.map((rows) => rows.cell(direction, ...ends))
  }
}
