import { describe, expect } from 'vitest'
import { check } from '../../src/index.js'
import { LABELS } from '../reference/generate-universe.js'
import { clusterOf, everywhere, type Sample } from '../support/laws.js'
import { checked } from '../support/laws-check.js'
import { at, nameOf, namespaceOf, type Dict } from '../support/laws-json.js'
import { livePods, podText } from '../support/laws-pods.js'
import type { Random } from '../support/laws-random.js'

/** A way to name many pods, and which these are. */
interface Many {
  readonly text: string
  readonly names: (pod: Dict) => boolean
}

const labelOf = (pod: Dict, key: string) => {
  const value = at(pod, 'metadata', 'labels', key)
  return value === undefined ? undefined : (value ?? '')
}

function anyMany(random: Random): Many {
  const namespace = random.pick(['x', 'y', 'default'])
  const there = (pod: Dict) => namespaceOf(pod) === namespace
  const name = random.pick(['a', 'b', 'c'])
  const [key, values] = random.pick(LABELS)
  const value = random.pick(values)
  return random.pick<Many>([
    { text: `${namespace}/any`, names: there },
    { text: `${namespace}/any`, names: there },
    { text: `${namespace}/*`, names: there },
    { text: 'any', names: () => true },
    { text: `*/${name}`, names: (pod) => nameOf(pod) === name },
    { text: `${namespace}/Pod/*`, names: there },
    { text: `${namespace}/${key}=${value}`, names: (pod) => there(pod) && labelOf(pod, key) === value },
    { text: `*/${key}!=${value}`, names: (pod) => labelOf(pod, key) !== value },
  ])
}

/** The pods of a wildcard, or a single pod. */
function anySide(pods: readonly Dict[], random: Random, many: boolean): Many {
  if (many) return anyMany(random)
  const pod = random.pick(pods)
  return { text: podText(pod), names: (other) => other === pod }
}

function expectPairs({ objects, options, questions, random }: Sample, sides: readonly [boolean, boolean]): boolean {
  const pods = livePods(objects)
  const [from, to] = sides.map((many) => anySide(pods, random, many))
  const asked = random.pick(questions)
  if (from === undefined || to === undefined) return false
  const port = random.pick([`${asked.port}/${asked.protocol}`, `${asked.port}/${asked.protocol}`, 'any', undefined])
  const pairs = pods
    .filter(from.names)
    .flatMap((source) => pods.filter(to.names).map((destination) => [podText(source), podText(destination)] as const))
    .filter(([source, destination]) => source !== destination)
  const cluster = clusterOf(objects)
  const question = { from: from.text, to: to.text, port }
  if (pairs.length === 0) {
    expect(check(cluster, question, { ...options }).verdict).toBeNull()
    return false
  }
  const whole = checked(cluster, question, options)
  const id = (pod: string) => pod.replace('/', '/Pod/')
  const verdicts = new Set<string | null>()
  for (const [source, destination] of pairs) {
    const single = checked(cluster, { from: source, to: destination, port }, options)
    const found = whole.flows.filter((flow) => flow.from.id === id(source) && flow.to.id === id(destination))
    expect(found).toEqual(single.flows)
    verdicts.add(single.verdict)
  }
  const count = new Set(whole.flows.map((flow) => `${flow.from.id} ${flow.to.id}`)).size
  expect(count).toBe(pairs.length)
  expect(whole.verdict).toBe(verdicts.size > 1 ? 'partial' : [...verdicts].join(''))
  return true
}

describe('check of many pods at once says the same as of each pair of them alone, and never pairs a pod with itself:', () => {
  everywhere('many to one', (sample) => expectPairs(sample, [true, false]), 0.7)
  everywhere('one to many', (sample) => expectPairs(sample, [false, true]), 0.7)
  everywhere('many to many', (sample) => expectPairs(sample, [true, true]), 0.3)
})
