import { describe, expect } from 'vitest'
import type { DirectionResult } from '../../src/index.js'
import { clusterOf, everywhere } from '../support/laws.js'
import { acting, ask, nameIn, names, pathOf, withRules, type Explained } from '../support/laws-explained.js'
import {
  DIRECTIONS,
  isolatedBy,
  listOf,
  PEERS,
  policiesOf,
  rulesOf,
  typed,
  withSpec,
  without,
  type Dict,
} from '../support/laws-json.js'

const allowed = ({ reason }: DirectionResult): boolean => reason === 'rule-matched'
const denied = ({ reason }: DirectionResult): boolean => reason === 'no-rule-matched'
const allowers = ({ rules }: DirectionResult): ReadonlySet<string> => new Set(rules.map(({ policy }) => policy))
const ruleAt = ({ rules }: Explained, policy: Dict, path: string) =>
  rules.find((rule) => rule.policy === nameIn(policy) && rule.path === path)

/** The rule with only the entries of a list that were named, or with all but them; null means the rule has none. */
function entries(rule: Dict, field: string, named: readonly string[] | null, keep: boolean): readonly Dict[] {
  if (named === null) return keep ? [rule] : []
  const kept = listOf(rule[field]).filter((_, index) => named.includes(`${field}[${index}]`) === keep)
  return kept.length === 0 ? [] : [{ ...rule, [field]: kept }]
}

describe('what allows a flow is named:', () => {
  acting(
    'emptying the rules of the only policy that allows it denies it',
    (one) => allowed(one) && allowers(one).size === 1,
    (policy, one) => (allowers(one).has(nameIn(policy)) ? withRules(policy, one.direction, () => []) : policy),
    'no-rule-matched',
  )

  acting(
    'removing all the rules that matched denies it',
    allowed,
    (policy, one) =>
      withRules(policy, one.direction, (rule, path) => (ruleAt(one, policy, path) === undefined ? [rule] : [])),
    'no-rule-matched',
  )

  for (const field of ['peers', 'ports'] as const) {
    acting(
      `removing the ${field} that matched denies it`,
      allowed,
      (policy, one) =>
        withRules(policy, one.direction, (rule, path) => {
          const match = ruleAt(one, policy, path)
          const list = field === 'peers' ? PEERS[one.direction] : 'ports'
          return match === undefined ? [rule] : entries(rule, list, match[field], false)
        }),
      'no-rule-matched',
    )
  }

  acting(
    'any of the rules that matched is enough, with only the peers and ports that did',
    (one) => allowed(one) && !one.joinsBlocks,
    (policy, one) =>
      withRules(policy, one.direction, (rule, path) => {
        const match = ruleAt(one, policy, path)
        if (match === undefined || match !== one.rules.at(-1)) return []
        return entries(rule, PEERS[one.direction], match.peers, true).flatMap((part) =>
          entries(part, 'ports', match.ports, true),
        )
      }),
    'rule-matched',
  )
})

describe('what isolates a pod is named:', () => {
  const isolated = (one: Explained): boolean => one.policies.length > 0

  acting(
    'removing all the policies that isolate it makes it not isolated',
    isolated,
    (policy, one) => (names(one).includes(nameIn(policy)) ? [] : policy),
    'not-isolated',
  )

  acting(
    'each of them alone isolates it',
    isolated,
    (policy, one) => (nameIn(policy) === names(one).at(-1) ? withRules(policy, one.direction, () => []) : []),
    'no-rule-matched',
  )
})

describe('what a denial lacks is named:', () => {
  const missing = (failed: string) => (one: Explained) =>
    denied(one) && one.nearMisses.some((miss) => miss.failed === failed)
  const missAt = ({ nearMisses }: Explained, policy: Dict, path: string, failed: string) =>
    nearMisses.some((miss) => miss.policy === nameIn(policy) && miss.path === path && miss.failed === failed)
  const opened =
    (failed: string, ...fields: readonly ('peers' | 'ports')[]) =>
    (policy: Dict, one: Explained): Dict =>
      withRules(policy, one.direction, (rule, path) => {
        if (!missAt(one, policy, path, failed)) return [rule]
        return [without(rule, ...fields.map((field) => (field === 'peers' ? PEERS[one.direction] : 'ports')))]
      })

  acting(
    'without its ports, a rule whose port failed matches',
    missing('port'),
    opened('port', 'ports'),
    'rule-matched',
  )
  acting(
    'without its peers, a rule whose peer failed matches',
    missing('peer'),
    opened('peer', 'peers'),
    'rule-matched',
  )

  const both = 'peer and port'
  acting('where both failed, it matches without both', missing(both), opened(both, 'peers', 'ports'), 'rule-matched')
  acting('but not without its peers alone', missing(both), opened(both, 'peers'), 'no-rule-matched')
  acting(
    'nor without its ports alone',
    (one) => missing(both)(one) && !one.joinsBlocks,
    opened(both, 'ports'),
    'no-rule-matched',
  )

  acting(
    'a policy without rules lacks any',
    missing('rules'),
    (policy, one) => {
      if (!missAt(one, policy, `spec.${one.direction}`, 'rules')) return policy
      return withSpec(typed(policy), { [one.direction]: [...rulesOf(policy, one.direction), {}] })
    },
    'rule-matched',
  )

  everywhere('every rule of every policy that isolates has either matched or is named with what it lacks', (sample) => {
    const cluster = clusterOf(sample.objects)
    for (const question of sample.questions) {
      const flow = ask(cluster, question, sample)
      for (const direction of DIRECTIONS) {
        const one = flow[direction]
        const isolating = policiesOf(sample.objects).filter((policy) => names(one).includes(nameIn(policy)))
        const wanted = isolating.flatMap((policy) => {
          const rules = rulesOf(policy, direction).map((_, index) => `${nameIn(policy)} ${pathOf(direction, index)}`)
          return rules.length > 0 ? rules : [`${nameIn(policy)} spec.${direction}`]
        })
        const told = [...one.rules, ...one.nearMisses].map(({ policy, path }) => `${policy} ${path}`)
        if (question.family === undefined) expect(told.sort()).toEqual(wanted.sort())
        else expect(new Set(told)).toEqual(new Set(wanted))
        expect(isolating.every((policy) => isolatedBy(policy).includes(direction))).toBe(true)
      }
    }
    return true
  })
})
