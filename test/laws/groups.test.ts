import { describe, expect } from 'vitest'
import { matrixAnswer } from '../../src/analyze/matrix.js'
import { check, type Cluster } from '../../src/index.js'
import { parseAddress } from '../reference/addresses.js'
import type { End } from '../reference/evaluate.js'
import { clusterOf, endText, engineOptions, everywhere, type Sample } from '../support/laws.js'
import { checked, tellAll } from '../support/laws-check.js'
import { dictOf, type Dict } from '../support/laws-json.js'
import { addressesIn, declaredPorts, livePods, podText } from '../support/laws-pods.js'

/** A cluster whose pods stand alone, and one in which some pods of one namespace have an owner. */
interface Grouped {
  readonly alone: Cluster
  readonly grouped: Cluster
  readonly group: string
  readonly members: readonly Dict[]
  readonly others: readonly string[]
}

function grouped({ objects, random }: Sample): Grouped | null {
  const pods = livePods(objects)
  const { namespace } = dictOf(random.pick(pods)['metadata'])
  const members = pods.filter((pod) => dictOf(pod['metadata'])['namespace'] === namespace)
  const others = pods.filter((pod) => !members.includes(pod)).map(podText)
  if (members.length < 2 || others.length === 0) return null
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'group', uid: 'u', controller: true }
  const owned = (pod: Dict): Dict => ({ ...pod, metadata: { ...dictOf(pod['metadata']), ownerReferences: [owner] } })
  return {
    alone: clusterOf(objects),
    grouped: clusterOf(objects.map((object) => (members.includes(object) ? owned(object) : object))),
    group: `${podText(members[0] ?? {})
      .split('/', 1)
      .join('')}/DaemonSet/group`,
    members,
    others,
  }
}

/** An end that is no pod, and has the address of none of the group. */
function isFar({ members }: Grouped): (end: End) => boolean {
  const own = addressesIn(members)
  return (end) => {
    if (!('address' in end)) return 'node' in end
    const address = parseAddress(end.address)
    return own.every(({ family, value }) => family !== address?.family || value !== address.value)
  }
}

const byId = (pod: Dict) => podText(pod).replace('/', '/Pod/')

/** What is said of a group is what is said of each of its pods, asked alone and by its id. */
function expectGroup(sample: Sample, end: 'from' | 'to'): boolean {
  const found = grouped(sample)
  if (found === null) return false
  const { options, questions, random } = sample
  const { port, protocol } = random.pick(questions)
  const names = found.members.flatMap((pod) => declaredPorts(pod).flatMap(({ name }) => name ?? []))
  const ports = [`${port}/${protocol}`, `1-${port}/${protocol}`, undefined, 'any', ...names.slice(0, 4)]
  const far = random.pick([
    ...found.others,
    ...questions
      .map(({ from }) => from)
      .filter(isFar(found))
      .map(endText),
  ])
  for (const asked of end === 'to' ? ports : ports.slice(0, 4)) {
    const question = (peer: string) => ({
      ...(end === 'to' ? { from: far, to: peer } : { from: peer, to: far }),
      port: asked,
    })
    const whole = check(found.grouped, question(found.group), { ...options })
    // A pod that declares no port of the name has nothing to ask about
    const singles = found.members
      .map((pod) => ({ pod, ...check(found.alone, question(byId(pod)), { ...options }) }))
      .filter(({ verdict }) => verdict !== null)
    const verdicts = new Set<string | null>(singles.map(({ verdict }) => verdict))
    expect([asked, whole.verdict]).toEqual([asked, verdicts.size > 1 ? 'partial' : ([...verdicts][0] ?? null)])
    const parts = new Map<string, string[]>()
    for (const flow of whole.flows) parts.set(flow[end].id, [...(parts.get(flow[end].id) ?? []), tellAll(flow)])
    for (const { pod, flows } of singles) {
      const part = checked(found.grouped, question(byId(pod)), options).flows[0]?.[end].id ?? ''
      expect([asked, part, parts.get(part)]).toEqual([asked, part, flows.map(tellAll)])
    }
  }
  return true
}

/** Each cell between two endpoints is the cell between any pod of one and any pod of the other. */
function expectCells(sample: Sample): boolean {
  const found = grouped(sample)
  if (found === null) return false
  const { members, alone } = found
  const names = members.flatMap((pod) => declaredPorts(pod).flatMap(({ name }) => name ?? []))
  for (const port of [undefined, '80', '1-80', ...names.slice(0, 2)]) {
    const question = { namespace: 'default', pods: false, port }
    const [parts, single] = [found.grouped, alone].map((cluster) => {
      const answer = matrixAnswer(cluster, question, engineOptions(sample.options))
      if (!answer.ok) throw new Error(answer.error.message)
      return cellsOf(answer.value)
    })
    expect([port, parts]).toEqual([port, single])
  }
  return true
}

/** What is open between any two pods, by their names. */
function cellsOf({ connections }: Extract<ReturnType<typeof matrixAnswer>, { ok: true }>['value']): readonly string[] {
  return [...connections()]
    .flatMap(({ from, to, ports, family, certainty }) => {
      const ends = [from, to].map((end) =>
        'ranges' in end
          ? [end.ranges.map(({ family, first, last }) => `${family} ${first}-${last}`).join()]
          : end.party.pods.map((pod) => `${pod.namespace}/${pod.name}`),
      )
      return (ends[0] ?? []).flatMap((source) =>
        (ends[1] ?? [])
          .filter((destination) => destination !== source)
          .map((destination) => JSON.stringify([source, destination, ports, family, certainty])),
      )
    })
    .sort()
}

describe('the answer for a group is the answers of its pods, asked one by one by id (A-54, A-62, D-6):', () => {
  everywhere('to it', (sample) => expectGroup(sample, 'to'))
  everywhere('from it', (sample) => expectGroup(sample, 'from'))
  everywhere('matrix', expectCells)
})
