import { describe, expect } from 'vitest'
import type { Question } from '../reference/evaluate.js'
import { LABELS } from '../reference/generate-universe.js'
import { answerOf, clusterOf, everywhere, law, type Answer, type Sample } from '../support/laws.js'
import {
  dictOf,
  isDict,
  listOf,
  mapPolicies,
  mapSelectors,
  policiesOf,
  textOf,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import { livePods, podText } from '../support/laws-pods.js'

const expressionsOf = (selector: Dict): readonly Dict[] => listOf(selector['matchExpressions']).map(dictOf)

/** A law about another way to write selectors. */
function rewriting(name: string, change: (selector: Dict) => Dict): void {
  law(name, ({ objects }) => ({
    after: mapPolicies(objects, (policy) => mapSelectors(policy, (selector) => change(selector))),
  }))
}

describe('a selector means the same', () => {
  law('written as {}, as {matchLabels: {}} or with blank parts, and blank as the subject', ({ objects, random }) => {
    const empties: readonly Json[] = [{}, { matchLabels: {} }, { matchLabels: null }, { matchExpressions: [] }]
    const isEmpty = (selector: Dict) =>
      Object.keys(dictOf(selector['matchLabels'])).length + expressionsOf(selector).length === 0
    const after = mapPolicies(objects, (policy) => {
      const changed = mapSelectors(policy, (selector) => (isEmpty(selector) ? random.pick(empties) : selector))
      const spec = dictOf(changed['spec'])
      if (isDict(spec['podSelector']) && !isEmpty(spec['podSelector'])) return changed
      return { ...changed, spec: { ...spec, podSelector: random.pick([...empties, null]) } }
    })
    return { after }
  })

  rewriting('with matchLabels as In with one value', (selector) => ({
    matchExpressions: [
      ...expressionsOf(selector),
      ...Object.entries(dictOf(selector['matchLabels'])).map(([key, value]) => ({
        key,
        operator: 'In',
        values: [textOf(value)],
      })),
    ],
  }))

  rewriting('with In with one value as matchLabels', (selector) => {
    const labels = { ...dictOf(selector['matchLabels']) }
    const expressions = expressionsOf(selector).filter(({ key, operator, values }) => {
      const [value] = listOf(values)
      if (operator !== 'In' || listOf(values).length !== 1 || Object.hasOwn(labels, textOf(key))) return true
      labels[textOf(key)] = value ?? ''
      return false
    })
    return { matchLabels: labels, matchExpressions: expressions }
  })

  rewriting('with NotIn of two values as two NotIn', (selector) => ({
    ...selector,
    matchExpressions: expressionsOf(selector).flatMap((one) =>
      one['operator'] === 'NotIn' ? listOf(one['values']).map((value) => ({ ...one, values: [value] })) : [one],
    ),
  }))

  rewriting('with a requirement twice, and values twice', (selector) => ({
    ...selector,
    matchExpressions: expressionsOf(selector).flatMap((one) => {
      const values = listOf(one['values'])
      return values.length === 0 ? [one, one] : [one, { ...one, values: [...values, ...values] }]
    }),
  }))
})

/** The pairs of one requirement that are each other's opposite. */
const OPPOSITES = [
  ['In', 'NotIn'],
  ['Exists', 'DoesNotExist'],
] as const

/** The answers between all pods, under one policy for namespace x that uses the selector in one place. */
function answersUnder(
  { objects, options }: Sample,
  place: 'subject' | 'pods' | 'namespaces',
  selector: Dict,
): Answer[] {
  const peer = {
    podSelector: place === 'pods' ? selector : {},
    namespaceSelector: place === 'namespaces' ? selector : {},
  }
  const rules = place === 'subject' ? {} : { ingress: [{ from: [peer] }], egress: [{ to: [peer] }] }
  const spec = { podSelector: place === 'subject' ? selector : {}, policyTypes: ['Ingress', 'Egress'], ...rules }
  const metadata = { name: 'only', namespace: 'x' }
  const policies = policiesOf(objects)
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec }
  const cluster = clusterOf([...objects.filter((object) => !policies.includes(object)), policy])
  const pods = livePods(objects).map(podText)
  return pods.flatMap((from) =>
    pods.flatMap((to) => {
      if (from === to) return []
      const question: Question = { from: { pod: from }, to: { pod: to }, protocol: 'TCP', port: 80 }
      return [answerOf(cluster, question, options)]
    }),
  )
}

describe('what a requirement selects and what its opposite selects', () => {
  for (const place of ['subject', 'pods', 'namespaces'] as const) {
    for (const [one, other] of OPPOSITES) {
      everywhere(
        `make up everything, each once: ${one} and ${other} of ${place}`,
        (sample) => {
          const [key, all] = sample.random.pick(LABELS)
          const values = one === 'In' ? { values: [sample.random.pick(all)] } : {}
          const selecting = (expressions: Dict[]) => answersUnder(sample, place, { matchExpressions: expressions })
          const [a, b] = [one, other].map((operator) => selecting([{ key, operator, ...values }]))
          const everything = selecting([])
          const decided = place === 'subject' ? 'no-rule-matched' : 'rule-matched'
          const broken = everything.flatMap((whole, index) =>
            (['ingress', 'egress'] as const).flatMap((direction) => {
              const found = [a, b].map((answers) => answers?.[index]?.[direction] === decided)
              const wanted = whole[direction] === decided
              return (found[0] !== found[1]) === wanted && (wanted || found[0] === false)
                ? []
                : [`${direction} ${index}`]
            }),
          )
          expect(broken).toEqual([])
          return everything.some(({ ingress, egress }) => ingress === decided || egress === decided)
        },
        0.5,
      )
    }
  }
})
