import { describe, expect } from 'vitest'
import { clusterOf, endText, everywhere, textOf } from '../support/laws.js'
import { checked, tell } from '../support/laws-check.js'

const RANKS = ['certain', 'undefined', 'indeterminate']

describe('how sure an answer is:', () => {
  everywhere('the whole is as sure as its least sure flow', ({ objects, questions, options }) => {
    const cluster = clusterOf(objects)
    for (const { from, to } of questions) {
      const { certainty, flows } = checked(cluster, { from: endText(from), to: endText(to), port: 'any' }, options)
      expect(RANKS.indexOf(certainty)).toBe(Math.max(...flows.map((flow) => RANKS.indexOf(flow.certainty))))
    }
    return questions.length > 0
  })

  everywhere('one that is not certain has a note that says why', ({ objects, questions, options }) => {
    const cluster = clusterOf(objects)
    for (const question of questions) {
      const { from, to, port, protocol } = question
      const asked = { from: endText(from), to: endText(to), port: `${port}/${protocol}` }
      const silent = checked(cluster, asked, options).flows.filter(
        ({ certainty, notes }) => certainty !== 'certain' && !notes.some((note) => note.certainty === certainty),
      )
      expect([textOf(question), ...silent.map(tell)]).toEqual([textOf(question)])
    }
    return questions.length > 0
  })

  everywhere('what an option settles is not in doubt any more', ({ objects, questions }) => {
    const cluster = clusterOf(objects)
    const settled = { ipblockPods: 'match', hostNetwork: 'ignore' } as const
    for (const question of questions) {
      const { from, to, port, protocol } = question
      const asked = { from: endText(from), to: endText(to), port: `${port}/${protocol}` }
      const [open, closed] = [checked(cluster, asked).flows, checked(cluster, asked, settled).flows]
      const plain = (flows: typeof open) =>
        flows.map(({ verdict, egress, ingress }) => [verdict, egress.reason, ingress.reason])
      expect([textOf(question), plain(closed)]).toEqual([textOf(question), plain(open)])
      const codes = closed.flatMap(({ notes }) => notes.map(({ code }) => code))
      expect(codes.filter((code) => code === 'ipblock-pod-address' || code === 'host-network')).toEqual([])
      for (const [index, flow] of closed.entries()) {
        expect(RANKS.indexOf(flow.certainty)).toBeLessThanOrEqual(RANKS.indexOf(open[index]?.certainty ?? 'certain'))
      }
    }
    return questions.length > 0
  })
})
