import { describe } from 'vitest'
import { law, noFlowLost, same, type Answer, type Pair, type Relation, type Sample } from '../support/laws.js'
import {
  at,
  DIRECTIONS,
  dictOf,
  isolatedBy,
  listOf,
  mapPeers,
  mapPolicies,
  mapRules,
  PEERS,
  policiesOf,
  renamed,
  rulesOf,
  typed,
  withSpec,
  type Dict,
  type Direction,
} from '../support/laws-json.js'

const opposite = (direction: Direction): Direction => (direction === 'ingress' ? 'egress' : 'ingress')

/** What a policy for one direction can never change. */
const otherSideSame =
  (direction: Direction) =>
  (before: Answer, after: Answer): boolean =>
    before[opposite(direction)] === after[opposite(direction)]

/** Nothing is allowed that was denied, nor does a sure denial become doubtful. */
const noFlowAdded: Relation = (before, after) =>
  before.verdict === 'allow' ||
  (after.verdict === 'deny' && (before.certainty !== 'certain' || after.certainty === 'certain'))

/** A new policy for the subject of one that isolates in the direction, with the rules of any policy of the input. */
function another({ objects, random }: Sample, subjects: readonly Dict[], direction: Direction): Pair | null {
  if (subjects.length === 0) return null
  const rules = rulesOf(random.pick(policiesOf(objects)), direction)
  const policy = typed(withSpec(renamed(random.pick(subjects), 'another'), { [direction]: rules }), [direction])
  return { after: [...objects, policy] }
}

for (const direction of DIRECTIONS) {
  describe(`a policy more, for ${direction}`, () => {
    law(
      'never removes a flow of pods that were isolated already',
      (sample) => {
        const isolating = policiesOf(sample.objects).filter((policy) => isolatedBy(policy).includes(direction))
        return another(sample, isolating, direction)
      },
      (before, after) => noFlowLost(before, after) && otherSideSame(direction)(before, after),
    )

    law(
      'never adds a flow of pods that were not isolated, and has nothing to say about pods outside its namespace',
      (sample) => another(sample, policiesOf(sample.objects), direction),
      (before, after) => {
        if (!otherSideSame(direction)(before, after)) return false
        if (before[direction] === 'not-isolated') return noFlowAdded(before, after)
        return before[direction] !== 'not-a-pod' || after[direction] === 'not-a-pod'
      },
    )
  })
}

describe('for a policy that isolates already', () => {
  law(
    'a rule more never removes a flow',
    ({ objects, random }) => {
      const direction = random.pick(DIRECTIONS)
      const donors = policiesOf(objects).flatMap((policy) => rulesOf(policy, direction))
      const changed = random.pick(policiesOf(objects))
      if (donors.length === 0) return null
      const after = mapPolicies(objects, (policy) =>
        policy === changed
          ? withSpec(typed(policy), { [direction]: [...rulesOf(policy, direction), random.pick(donors)] })
          : policy,
      )
      return { after }
    },
    noFlowLost,
  )

  for (const field of ['peers', 'ports'] as const) {
    law(
      `more ${field} in a rule that has some never remove a flow`,
      ({ objects, random }) => {
        const fieldOf = (direction: Direction) => (field === 'peers' ? PEERS[direction] : 'ports')
        const donors = policiesOf(objects).flatMap((policy) =>
          DIRECTIONS.flatMap((direction) =>
            rulesOf(policy, direction).flatMap((rule) => listOf(at(rule, fieldOf(direction)))),
          ),
        )
        if (donors.length === 0) return null
        const after = mapPolicies(objects, (policy) =>
          mapRules(policy, (rule, direction) => {
            const list = listOf(rule[fieldOf(direction)])
            return [list.length === 0 ? rule : { ...rule, [fieldOf(direction)]: [...list, random.pick(donors)] }]
          }),
        )
        return { after }
      },
      noFlowLost,
    )
  }

  law(
    'fewer excepts never remove a flow',
    ({ objects }) => {
      const after = mapPolicies(objects, (policy) =>
        mapPeers(policy, (peer) => [
          'ipBlock' in peer && peer['ipBlock'] !== null
            ? { ...peer, ipBlock: { cidr: dictOf(peer['ipBlock'])['cidr'] ?? null } }
            : peer,
        ]),
      )
      return JSON.stringify(objects).includes('"except":["') ? { after } : null
    },
    noFlowLost,
  )

  law(
    'two rules made into one with the peers and ports of both never remove a flow',
    ({ objects }) => {
      const merged = (a: Dict, b: Dict, field: string): Dict => {
        const [ofA, ofB] = [listOf(a[field]), listOf(b[field])]
        return { [field]: ofA.length === 0 || ofB.length === 0 ? [] : [...ofA, ...ofB] }
      }
      const after = mapPolicies(objects, (policy) => {
        const parts = DIRECTIONS.flatMap((direction): [string, Dict[]][] => {
          const [a, b, ...rest] = rulesOf(policy, direction).map(dictOf)
          if (a === undefined || b === undefined) return []
          return [[direction, [{ ...merged(a, b, PEERS[direction]), ...merged(a, b, 'ports') }, ...rest]]]
        })
        return parts.length === 0 ? policy : withSpec(typed(policy), Object.fromEntries(parts))
      })
      return { after }
    },
    noFlowLost,
  )
})

law(
  'the same policy once more under another name changes nothing',
  ({ objects, random }) => {
    return { after: [...objects, renamed(random.pick(policiesOf(objects)), 'again')] }
  },
  same,
)
