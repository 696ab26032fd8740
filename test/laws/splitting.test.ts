import { describe } from 'vitest'
import { law } from '../support/laws.js'
import {
  at,
  DIRECTIONS,
  isDict,
  isolatedBy,
  listOf,
  mapPolicies,
  mapRules,
  nameOf,
  PEERS,
  renamed,
  rulesOf,
  typed,
  withSpec,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import { withAddresses } from '../support/laws-pods.js'
import type { Random } from '../support/laws-random.js'

const isBlock = (peer: Json): boolean => isDict(at(peer, 'ipBlock'))

/** The rule with its list in two parts, each in a rule of its own; `together` are never parted. */
function split(rule: Dict, field: string, random: Random, together: (entry: Json) => boolean = () => false): Dict[] {
  const list = listOf(rule[field])
  const [a, b] = random.parted(list.filter((entry) => !together(entry)))
  const parts = random.shuffled([[...a, ...list.filter(together)], b]).filter((part) => part.length > 0)
  return parts.length < 2 ? [rule] : parts.map((part) => ({ ...rule, [field]: part }))
}

describe('one rule is as good as two,', () => {
  law('each with some of its peers', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule, direction) => split(rule, PEERS[direction], random, isBlock)),
    ),
  }))

  law('each with some of its ipBlocks, for pods with addresses', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule, direction) => split(rule, PEERS[direction], random)),
    ),
    ask: withAddresses(objects),
  }))

  law('each with some of its ports', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) => mapRules(policy, (rule) => split(rule, 'ports', random))),
  }))

  law('and the same rule once more', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) => mapRules(policy, (rule) => (random.chance(50) ? [rule] : [rule, rule]))),
  }))
})

describe('one policy is as good as several,', () => {
  law('each with one of its rules', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => {
      const parts = DIRECTIONS.flatMap((direction) =>
        rulesOf(policy, direction).map((rule) => ({ ingress: [], egress: [], [direction]: [rule] })),
      )
      const alone = typed(policy)
      if (parts.length === 0) return alone
      return parts.map((part, index) => renamed(withSpec(alone, part), `${nameOf(policy)}-${index}`))
    }),
  }))

  law('each for one of its directions', ({ objects }) => ({
    after: mapPolicies(objects, (policy) =>
      isolatedBy(policy).map((direction, index) => renamed(typed(policy, [direction]), `${nameOf(policy)}-${index}`)),
    ),
  }))

  law('one of them without any rules', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => [
      typed(policy),
      renamed(withSpec(typed(policy), { ingress: [], egress: null }), `${nameOf(policy)}-0`),
    ]),
  }))
})
