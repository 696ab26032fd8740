import type { CompiledCluster } from '../engine/compile.js'
import { grouped } from '../model/grouped.js'
import { MAX_PORT, PROTOCOLS } from '../model/protocol.js'
import { NOTES } from '../model/note.js'
import { worst } from '../model/verdict.js'
import type { PortQuestion } from '../query/port.js'
import { portsNamed } from './declared-ports.js'
import { toAnswers, type AskedPorts, type FlowAnswer } from './flow-answer.js'
import type { Pair, PairRemark } from './pairs.js'
import { flowRemarks } from './flow-remarks.js'
import { segments } from './port-segments.js'
import { portsBehind } from './service-ports.js'

/** An answer with what is worth knowing about the question itself. */
export interface NotedAnswer extends FlowAnswer {
  readonly remarks: readonly PairRemark[]
}

/** Answers for one pair and all ports that are asked; empty where the destination does not declare the port name. */
export function answerPair(compiled: CompiledCluster, pair: Pair, port: PortQuestion): readonly NotedAnswer[] {
  const asked = grouped(askedPorts(pair, port), ({ name, via }) => via?.port ?? name)
  return [...asked.values()].flatMap((ranges) => {
    const [first] = ranges
    if (first === undefined) return []
    const answered = pair.variants.map((variant) => ({
      variant,
      segments: ranges.flatMap((range) => segments(compiled, variant, range.protocol, range)),
    }))
    return toAnswers(pair.from, pair.to, first, answered).map((answer) => withRemarks(compiled, answer, pair, port))
  })
}

function askedPorts({ to, service, front }: Pair, port: PortQuestion): readonly AskedPorts[] {
  const via = service === null ? null : { service, port: null, front }
  switch (port.kind) {
    case 'whole-set':
      return PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: MAX_PORT, name: null, via }))
    case 'range':
      return port.protocols.map((protocol) => ({ protocol, first: port.first, last: port.last, name: null, via }))
    case 'name':
      return portsNamed(to, port.name)
        .filter(({ protocol }) => port.protocol === null || protocol === port.protocol)
        .map(({ protocol, port: number }) => ({ protocol, first: number, last: number, name: port.name, via }))
    case 'service':
      return portsBehind(port, to).map(({ protocol, port: number, before }) => ({
        protocol,
        first: number,
        last: number,
        name: null,
        via: via === null ? null : { ...via, port: before },
      }))
  }
}

function withRemarks(compiled: CompiledCluster, answer: FlowAnswer, pair: Pair, port: PortQuestion): NotedAnswer {
  // What policies keep apart stays apart in whatever family
  const ofPair = pair.remarks.filter(({ code }) => answer.verdict === 'allow' || code !== 'no-shared-family')
  const remarks = [...ofPair, ...flowRemarks(compiled, answer, port)]
  return { ...answer, certainty: worst([answer.certainty, ...remarks.map(({ code }) => NOTES[code])]), remarks }
}
