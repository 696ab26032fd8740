import { describe, expect } from 'vitest'
import { check, type FlowResult } from '../../src/index.js'
import { PORT_NAMES } from '../reference/generate-universe.js'
import { answerOf, clusterOf, endText, everywhere, show, textOf } from '../support/laws.js'
import { checked, tell } from '../support/laws-check.js'
import { declaredPorts, hasAddress, podsOf, podText } from '../support/laws-pods.js'
import {
  EDGES,
  ends,
  expectAgreement,
  expectTiled,
  familiesOf,
  inFamily,
  MAX,
  saysOf,
  summary,
} from '../support/laws-ports.js'

describe('check', () => {
  everywhere('says of one port what the engine says', ({ objects, questions, options }) => {
    const cluster = clusterOf(objects)
    for (const question of questions) {
      const { protocol, port, family } = question
      // By name there is one answer for all families where neither end has an address
      if (family !== undefined && !hasAddress(objects, question.from) && !hasAddress(objects, question.to)) continue
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
      const withoutDeclared = flows.map((flow) => ({ ...flow, declared: undefined }))
      expect(withoutDeclared).toEqual(checked(cluster, { ...ends(question), port: 'any' }, options).flows)
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
