import { describe } from 'vitest'
import { isLoopback, parseAddress, parsePrefix, width, type Address } from '../reference/addresses.js'
import { PRIVATE } from '../reference/direction.js'
import type { End, Question } from '../reference/evaluate.js'
import { format } from '../reference/generate-universe.js'
import { blocksIn, starts } from '../support/laws-blocks.js'
import { law, same, type Answer } from '../support/laws.js'
import {
  DIRECTIONS,
  dictOf,
  isolatedBy,
  mapKind,
  mapPolicies,
  namespaceOf,
  nameOf,
  policiesOf,
  typed,
  type Dict,
  type Direction,
} from '../support/laws-json.js'
import { addressesIn, podsOf, podText } from '../support/laws-pods.js'
import type { Random } from '../support/laws-random.js'

const opposite = (direction: Direction): Direction => (direction === 'ingress' ? 'egress' : 'ingress')

const deny = 'no-rule-matched'

describe('egress of the source and ingress of the destination are independent:', () => {
  for (const direction of DIRECTIONS) {
    law(
      `no ${opposite(direction)} policy in the cluster matters to ${direction}`,
      ({ objects }) => ({
        after: mapPolicies(objects, (policy) =>
          isolatedBy(policy).includes(direction) ? typed(policy, [direction]) : [],
        ),
      }),
      (before, after) => before[direction] === after[direction] && after[opposite(direction)] !== deny,
    )

    law(
      `no policy of another namespace matters to ${direction}`,
      ({ objects, questions, random }) => {
        const namespaceOfPod = (end: End) => ('pod' in end ? end.pod.split('/')[0] : undefined)
        const subject = ({ from, to }: Question) => namespaceOfPod(direction === 'egress' ? from : to)
        const namespace = random.pick(['x', 'y', 'default'])
        return questions.some((question) => subject(question) === namespace)
          ? {
              after: mapPolicies(objects, (policy) => (namespaceOf(policy) === namespace ? policy : [])),
              ask: (question) => (subject(question) === namespace ? question : null),
            }
          : null
      },
      (before, after) => before[direction] === after[direction],
    )
  }

  law(
    'a flow is allowed if, and only if, both are',
    ({ objects }) => ({ after: [...objects].reverse() }),
    (before, after) => same(before, after) && bothAllow(before),
  )
})

function bothAllow({ verdict, egress, ingress }: Answer): boolean {
  return (verdict === 'allow') === (egress !== deny && ingress !== deny)
}

/** A pod like another one in a new namespace, with an address of its own and no word about nodes. */
function strangerOf(pod: Dict, number: number): Dict {
  const metadata = { ...dictOf(pod['metadata']), name: `stranger-${number}`, namespace: 'new' }
  const spec = dictOf(pod['spec'])
  const status = { phase: 'Running', podIP: `10.200.7.${number + 1}` }
  return { ...pod, metadata, spec, status: spec['hostNetwork'] === true ? null : status }
}

describe('what has nothing to do with a flow changes nothing:', () => {
  law('pods, and policies of a new namespace', ({ objects, random }) => {
    const pods = podsOf(objects)
      .filter(() => random.chance(50))
      .map(strangerOf)
    const policies = policiesOf(objects)
      .filter(() => random.chance(50))
      .map((policy) => ({ ...policy, metadata: { name: nameOf(policy), namespace: 'new' } }))
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new', labels: { app: 'web' } } }
    return { after: [...objects, ...pods, ...policies, ...(random.chance(50) ? [namespace] : [])] }
  })

  law('labels and ports of the pods that are not an end of it', ({ objects, questions, random }) => {
    const named = questions.filter(({ from, to }) => 'pod' in from && 'pod' in to)
    if (named.length === 0) return null
    const asked = random.pick(named)
    const ends = [asked.from, asked.to].map(endName)
    const after = mapKind(objects, 'Pod', (pod) => {
      if (ends.includes(podText(pod))) return [pod]
      const labels = random.pick<Dict | null>([null, { app: 'web' }, { app: 'db', tier: '', constructor: 'web' }])
      const spec = { ...dictOf(pod['spec']), containers: [], initContainers: [] }
      return [{ ...pod, metadata: { ...dictOf(pod['metadata']), labels }, spec }]
    })
    return { after, ask: (question) => (question === asked ? question : null) }
  })
})

function endName(end: End): string {
  return 'pod' in end ? end.pod : ''
}

/**
 * Another address that no block of the policies tells from this one (E-3), if one is found. The ranges tell addresses
 * apart too: one that may be a node's, as it is private and in no pod range, is less certain.
 */
function otherOfItsClass(address: Address, objects: readonly Dict[], ranges: string[], random: Random): Address | null {
  const ofNodes = [...PRIVATE, ...ranges].map((range) => ({ cidr: parsePrefix(range), except: [] }))
  const cuts = starts(address.family, [...blocksIn(policiesOf(objects)), ...ofNodes])
  const start = cuts.findLast((cut) => cut <= address.value) ?? 0n
  const end = cuts.find((cut) => cut > address.value) ?? 1n << BigInt(width(address.family))
  const offset = [0, 1, 2, 3, 4].reduce((sum) => sum * 2n ** 28n + BigInt(random.int(2 ** 28)), 0n)
  const value = random.pick([start, end - 1n, start + (offset % (end - start))])
  const other = { family: address.family, value }
  const taken = addressesIn(objects).some((one) => one.family === other.family && one.value === value)
  const mapped = parseAddress(format(other))?.family !== other.family
  return taken || mapped || isLoopback(other) ? null : other
}

law('an address outside the cluster answers as any other of its class', ({ objects, options, random }) => {
  const another = (end: End): End | null => {
    const address = 'address' in end ? parseAddress(end.address) : undefined
    if (address === undefined || isLoopback(address)) return null
    if (addressesIn(objects).some(({ family, value }) => family === address.family && value === address.value))
      return null
    const other = otherOfItsClass(address, objects, options.podCidrs ?? [], random)
    return other === null ? null : { address: format(other) }
  }
  const ask = (question: Question): Question | null => {
    const [from, to] = [another(question.from), another(question.to)]
    return from === null && to === null ? null : { ...question, from: from ?? question.from, to: to ?? question.to }
  }
  return { after: [...objects].reverse(), ask }
})
