import { describe, expect } from 'vitest'
import type { Question } from '../reference/evaluate.js'
import { PORT_NAMES, PORTS } from '../reference/generate-universe.js'
import { check, type Cluster, type FlowResult } from '../../src/index.js'
import { answerOf, clusterOf, endText, everywhere, show, textOf, type Sample } from '../support/laws.js'
import { checked, tell } from '../support/laws-check.js'
import { declaredPorts, podsOf, podText } from '../support/laws-pods.js'
import type { Random } from '../support/laws-random.js'

const MAX = 65535
const EDGES = [...new Set(PORTS.flatMap((port) => [port - 1, port, port + 1]))].filter(
  (port) => port >= 1 && port <= MAX,
)

const ends = ({ from, to }: Question) => ({ from: endText(from), to: endText(to) })
const lastOf = ({ port, endPort = port }: FlowResult): number => endPort
const inFamily =
  (family: string | undefined) =>
  (flow: FlowResult): boolean =>
    family === undefined || flow.family === undefined || flow.family === family

/** The families that are told apart; where none is, the one answer for all of them. */
function familiesOf(flows: readonly FlowResult[]): readonly (string | undefined)[] {
  const told = new Set(flows.map(({ family }) => family).filter((family) => family !== undefined))
  return told.size === 0 ? [undefined] : [...told]
}

/** What the answer about many ports says of one of them, in a family. */
function saysOf(flows: readonly FlowResult[], protocol: string, port: number, family: string | undefined) {
  return flows
    .filter((flow) => flow.protocol === protocol && flow.port <= port && port <= lastOf(flow))
    .filter(inFamily(family))
    .map(tell)
}

/** Flows of one protocol and family must follow each other from the first port to the last, and differ from their neighbours. */
function expectTiled(flows: readonly FlowResult[], first: number, last: number): void {
  for (const family of familiesOf(flows)) {
    for (const protocol of new Set(flows.map((flow) => flow.protocol))) {
      const tiles = flows.filter((flow) => flow.protocol === protocol && flow.family === family)
      const starts = [...tiles.map(({ port }) => port), last + 1]
      expect(starts).toEqual([first, ...tiles.map((tile) => lastOf(tile) + 1)])
      expect(tiles.filter((tile, index) => tell(tile) === tellNext(tiles, index))).toEqual([])
    }
  }
}

const tellNext = (tiles: readonly FlowResult[], index: number): string => {
  const next = tiles[index + 1]
  return next === undefined ? '' : tell(next)
}

/** The answer about many ports must say of single ones what asking about them says. */
function expectAgreement(
  cluster: Cluster,
  question: Question,
  flows: readonly FlowResult[],
  { options, random }: Sample,
) {
  const protocols = [...new Set(flows.map(({ protocol }) => protocol))]
  const [low, high] = [Math.min(...flows.map(({ port }) => port)), Math.max(...flows.map(lastOf))]
  for (const port of portsToTry(flows, random)) {
    if (port < low || port > high) continue
    const protocol = random.pick(protocols)
    const single = checked(cluster, { ...ends(question), port: `${port}/${protocol}` }, options)
    for (const family of familiesOf([...flows, ...single.flows])) {
      const wanted = single.flows.filter(inFamily(family)).map(tell)
      expect([textOf(question), port, protocol, ...saysOf(flows, protocol, port, family)]).toEqual([
        ...[textOf(question), port, protocol],
        ...wanted,
      ])
    }
  }
}

function portsToTry(flows: readonly FlowResult[], random: Random): readonly number[] {
  const [edge, other] = [random.pick(flows), random.pick(flows)]
  return [edge.port, lastOf(edge), other.port, lastOf(other) + 1, ...random.shuffled(EDGES).slice(0, 6)]
}

describe('check', () => {
  everywhere('says of one port what the engine says', ({ objects, questions, options }) => {
    const cluster = clusterOf(objects)
    for (const question of questions) {
      const { protocol, port, family } = question
      const { flows } = checked(cluster, { ...ends(question), port: `${port}/${protocol}` }, options)
      const wanted = show(answerOf(cluster, question, options))
      expect([textOf(question), ...flows.filter(inFamily(family)).map(tell)]).toEqual([textOf(question), wanted])
    }
    return questions.length > 0
  })

  everywhere(
    'says of any port what it says of each port alone',
    (sample) => {
      const cluster = clusterOf(sample.objects)
      for (const question of sample.questions.slice(0, 3)) {
        const { flows, verdict } = checked(cluster, { ...ends(question), port: 'any' }, sample.options)
        expectTiled(flows, 1, MAX)
        expectAgreement(cluster, question, flows, sample)
        expect(verdict).toBe(summary(flows))
      }
      return sample.questions.length > 0
    },
    0.6,
  )

  everywhere(
    'says of a range of ports what it says of each port alone',
    (sample) => {
      const cluster = clusterOf(sample.objects)
      for (const question of sample.questions.slice(0, 3)) {
        const [a, b] = [sample.random.pick(EDGES), sample.random.pick(EDGES)]
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        const port = `${first}-${last}/${question.protocol}`
        const { flows, verdict } = checked(cluster, { ...ends(question), port }, sample.options)
        expectTiled(flows, first, last)
        expectAgreement(cluster, question, flows, sample)
        expect(verdict).toBe(summary(flows))
      }
      return sample.questions.length > 0
    },
    0.6,
  )

  everywhere('measures a question without a port by the declared ports', ({ objects, questions, options }) => {
    const cluster = clusterOf(objects)
    const asked = questions.filter(({ from, to }) => 'pod' in from && 'pod' in to)
    for (const question of asked) {
      const { flows, verdict } = checked(cluster, ends(question), options)
      expect(flows).toEqual(checked(cluster, { ...ends(question), port: 'any' }, options).flows)
      const [to] = podsOf(objects).filter((pod) => podText(pod) === endText(question.to))
      const declared = to === undefined ? [] : declaredPorts(to)
      const open = declared.flatMap(({ protocol, port }) =>
        familiesOf(flows).flatMap((family) => saysOf(flows, protocol, port, family)),
      )
      const all = declared.length === 0 ? flows.map(tell) : open
      const wanted = all.every((one) => one.startsWith('allow')) ? 'allow' : 'partial'
      expect(verdict).toBe(flows.every((flow) => flow.verdict === 'deny') ? 'deny' : wanted)
    }
    return asked.length > 0
  })

  everywhere(
    'says of a port name what it says of the numbers that the pod gives it',
    ({ objects, questions, options }) => {
      const cluster = clusterOf(objects)
      let answered = 0
      for (const question of questions) {
        const [to] = podsOf(objects).filter((pod) => podText(pod) === endText(question.to))
        if (to === undefined) continue
        for (const name of PORT_NAMES) {
          const numbers = declaredPorts(to).filter((port) => port.name === name)
          const result = check(cluster, { ...ends(question), port: name }, { ...options })
          const singles = numbers.flatMap(
            ({ port, protocol }) => checked(cluster, { ...ends(question), port: `${port}/${protocol}` }, options).flows,
          )
          const told = (flows: readonly FlowResult[]) =>
            flows.flatMap((flow) =>
              (flow.family === undefined ? ['IPv4', 'IPv6'] : [flow.family]).map(
                (family) => `${flow.port}/${flow.protocol} ${family} ${tell(flow)}`,
              ),
            )
          expect(new Set(told(result.flows))).toEqual(new Set(told(singles)))
          expect(result.verdict === null).toBe(numbers.length === 0)
          answered += numbers.length
        }
      }
      return answered > 0
    },
  )
})

function summary(flows: readonly FlowResult[]): string {
  const verdicts = new Set(flows.map(({ verdict }) => verdict))
  return verdicts.size > 1 ? 'partial' : [...verdicts].join('')
}
