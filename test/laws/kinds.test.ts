import { describe, expect } from 'vitest'
import { clusterOf, everywhere, type Input, type Sample } from '../support/laws.js'
import { checked, tellAll } from '../support/laws-check.js'
import { dictOf, isKind, mapKind, nameOf, without, type Dict, type Json } from '../support/laws-json.js'
import { livePods, ordinary, podText } from '../support/laws-pods.js'
import type { Random } from '../support/laws-random.js'

const KINDS = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
} as const

type Kind = keyof typeof KINDS
const ALL = Object.keys(KINDS) as Kind[]

/** The pod as a workload of the same name, whose pods it could be one of. */
function asWorkload(pod: Dict, kind: Kind, replicas: number | null): Dict {
  const { labels = null, ...metadata } = dictOf(pod['metadata'])
  const template = { metadata: { labels }, spec: pod['spec'] ?? {} }
  const inJob = kind === 'Job' || kind === 'CronJob'
  const count: Dict =
    replicas === null || kind === 'DaemonSet' ? {} : { [inJob ? 'parallelism' : 'replicas']: replicas }
  const spec: Dict = { ...count, template }
  const outer: Json = kind === 'CronJob' ? { schedule: '0 * * * *', jobTemplate: { spec } } : spec
  return { apiVersion: KINDS[kind], kind, metadata: { ...metadata, labels: { app: 'not-the-pods' } }, spec: outer }
}

/** The questions that pods can be asked by name; of a pod and itself only where `selves` says so. */
function podQuestions({ objects, questions, random }: Sample, selves: boolean) {
  const pods = livePods(objects).map(podText)
  return questions.slice(0, 6).flatMap(({ protocol, port }) => {
    const [from, to] = [random.pick(pods), random.pick(pods)]
    return from === to && !selves ? [] : [{ from, to, port: random.chance(50) ? `${port}/${protocol}` : 'any' }]
  })
}

function answers(input: Input, questions: ReturnType<typeof podQuestions>, { options }: Sample): readonly string[] {
  const cluster = clusterOf(input)
  return questions.map((question) => {
    const { verdict, certainty, flows } = checked(cluster, question, options)
    return [JSON.stringify(question), verdict, certainty, ...flows.map(tellAll)].join('\n')
  })
}

/** Two inputs answer the same questions alike. */
function alike(sample: Sample, before: Input, after: Input, selves = false): boolean {
  const questions = podQuestions(sample, selves)
  expect(answers(after, questions, sample)).toEqual(answers(before, questions, sample))
  return questions.length > 0
}

describe('a pod without address and node answers as', () => {
  for (const kind of ALL) {
    everywhere(
      `a ${kind} with its labels and ports`,
      (sample) => {
        const chosen = sample.objects.filter((object) => isKind(object, 'Pod') && sample.random.chance(60))
        const swap = (change: (pod: Dict) => Dict) =>
          mapKind(sample.objects, 'Pod', (pod) => [chosen.includes(pod) ? change(ordinary(pod)) : pod])
        return alike(
          { ...sample, objects: swap((pod) => pod) },
          swap((pod) => pod),
          swap((pod) => asWorkload(pod, kind, null)),
        )
      },
      0.5,
    )
  }
})

const count = (random: Random): number | null => random.pick([null, 0, 1, 2, 5, 100])

everywhere('the number of replicas changes nothing but the line of a workload with itself', (sample) => {
  const { objects, random } = sample
  const kinds = new Map(objects.map((object) => [object, random.pick(ALL)]))
  const swap = () =>
    mapKind(objects, 'Pod', (pod) => [asWorkload(ordinary(pod), kinds.get(pod) ?? 'Job', count(random))])
  const plain = mapKind(objects, 'Pod', (pod) => [ordinary(pod)])
  return alike({ ...sample, objects: plain }, swap(), swap())
})

everywhere('a live pod answers as itself, whether or not it has an owner, and the owner is in the input', (sample) => {
  const { random, objects } = sample
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'owner', uid: '1', controller: true }
  const owned = mapKind(objects, 'Pod', (pod) => {
    if (!random.chance(60)) return [pod]
    return [{ ...pod, metadata: { ...dictOf(pod['metadata']), ownerReferences: [owner] } }]
  })
  const namespaces = [...new Set(owned.filter((object) => 'ownerReferences' in dictOf(object['metadata'])).map(space))]
  const template = { metadata: { labels: { app: 'other' } }, spec: { hostNetwork: true, containers: [] } }
  const owners = namespaces
    .filter(() => random.chance(50))
    .map((namespace) => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'owner', namespace },
      spec: { replicas: 3, template },
    }))
  return alike(sample, objects, [...owned, ...owners], true)
})

function space(pod: Dict): string {
  return String(podText(pod).split('/')[0])
}

everywhere('what else stands in a workload or pod changes nothing', (sample) => {
  const decorated = sample.objects.map((object) => {
    const metadata = dictOf(object['metadata'])
    const extra = { annotations: { [`example.com/${nameOf(object)}`]: '{"kind":"NetworkPolicy"}' }, uid: 'u' }
    return { ...object, metadata: { ...without(metadata, 'annotations'), ...extra } }
  })
  const others = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' }, data: { kind: 'Pod' } },
    { apiVersion: 'example.com/v1', kind: 'NetworkPolicyHelper', metadata: { name: 'a' }, spec: { ingress: [] } },
  ]
  return alike(sample, sample.objects, [...decorated, ...others], true)
})
