import { describe } from 'vitest'
import { law } from '../support/laws.js'
import {
  at,
  dictOf,
  isDict,
  isKind,
  listOf,
  mapPolicies,
  mapRules,
  PEERS,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import type { Random } from '../support/laws-random.js'

/** Everything with the entries of its mappings in another order. */
function withKeysShuffled(value: Json, random: Random): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withKeysShuffled(item, random))
  if (!isDict(value)) return value
  const entries = Object.entries(value).map(([key, part]) => [key, withKeysShuffled(part, random)] as const)
  return Object.fromEntries(random.shuffled(entries))
}

/** Everything with the lists under some keys in another order. */
function withListsShuffled(value: Json, keys: readonly string[], random: Random): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withListsShuffled(item, keys, random))
  if (!isDict(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const changed = withListsShuffled(part, keys, random)
      return [key, keys.includes(key) && Array.isArray(changed) ? random.shuffled(changed as Json[]) : changed]
    }),
  )
}

describe('A-16, F-040: order never matters:', () => {
  law('of documents', ({ objects, random }) => ({ after: random.shuffled(objects) }))

  law('of files', ({ objects, random }) => {
    const files = objects.map((object, index) => ({ file: `${index}.json`, text: JSON.stringify(object) }))
    return { after: random.shuffled(files) }
  })

  law('of rules', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) => dictOf(withListsShuffled(policy, ['ingress', 'egress'], random))),
  }))

  law('of peers', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule, direction) => [
        { ...rule, [PEERS[direction]]: random.shuffled(listOf(rule[PEERS[direction]])) },
      ]),
    ),
  }))

  law('of ports', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      mapRules(policy, (rule) => [{ ...rule, ports: random.shuffled(listOf(rule['ports'])) }]),
    ),
  }))

  law('of labels, and of the fields of any object', ({ objects, random }) => ({
    after: objects.map((object) => dictOf(withKeysShuffled(object, random))),
  }))

  law('of expressions, their values, excepts and policyTypes', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) =>
      dictOf(withListsShuffled(policy, ['matchExpressions', 'values', 'except', 'policyTypes'], random)),
    ),
  }))

  law('of containers, the ports that they declare, and the addresses of pods and nodes', ({ objects, random }) => ({
    after: objects.map((object: Dict) => {
      if (!isKind(object, 'Pod') && !isKind(object, 'Node')) return object
      const shuffled = dictOf(withListsShuffled(object, ['containers', 'ports', 'podIPs', 'addresses'], random))
      // The first of podIPs is podIP, or the API server refuses it
      const podIP = at(listOf(at(shuffled, 'status', 'podIPs'))[0], 'ip')
      if (podIP === undefined || at(object, 'status', 'podIP') === undefined) return shuffled
      return { ...shuffled, status: { ...dictOf(shuffled['status']), podIP } }
    }),
  }))
})
