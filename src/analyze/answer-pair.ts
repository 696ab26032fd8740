import type { CompiledCluster } from '../engine/compile.js'
import { MAX_PORT, PROTOCOLS, type Protocol } from '../model/protocol.js'
import { NOTES } from '../model/note.js'
import type { PortRange } from '../model/policy.js'
import { worst } from '../model/verdict.js'
import type { Party } from '../query/party.js'
import type { PortQuestion } from '../query/port.js'
import { portsNamed } from './declared-ports.js'
import { toAnswers, type FlowAnswer } from './flow-answer.js'
import type { Pair, PairRemark } from './pairs.js'
import { flowRemarks } from './flow-remarks.js'
import { segments } from './port-segments.js'

/** An answer with what is worth knowing about the question itself. */
export interface NotedAnswer extends FlowAnswer {
  readonly remarks: readonly PairRemark[]
}

interface AskedPorts extends PortRange {
  readonly protocol: Protocol
  readonly name: string | null
}

/** Answers for one pair and all ports that are asked; empty where the destination does not declare the port name. */
export function answerPair(compiled: CompiledCluster, pair: Pair, port: PortQuestion): readonly NotedAnswer[] {
  const asked = askedPorts(pair.to, port)
  const names = new Set(asked.map(({ name }) => name))
  return [...names].flatMap((name) => {
    const ranges = asked.filter((range) => range.name === name)
    const answered = pair.variants.map((variant) => ({
      variant,
      segments: ranges.flatMap((range) => segments(compiled, variant, range.protocol, range)),
    }))
    return toAnswers(pair.from, pair.to, name, answered).map((answer) => withRemarks(compiled, answer, pair, port))
  })
}

function askedPorts(to: Party, port: PortQuestion): readonly AskedPorts[] {
  switch (port.kind) {
    case 'whole-set':
      return PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: MAX_PORT, name: null }))
    case 'range':
      return port.protocols.map((protocol) => ({ protocol, first: port.first, last: port.last, name: null }))
    case 'name':
      return portsNamed(to, port.name)
        .filter(({ protocol }) => port.protocol === null || protocol === port.protocol)
        .map(({ protocol, port: number }) => ({ protocol, first: number, last: number, name: port.name }))
  }
}

function withRemarks(compiled: CompiledCluster, answer: FlowAnswer, pair: Pair, port: PortQuestion): NotedAnswer {
  // What policies keep apart stays apart in whatever family
  const ofPair = pair.remarks.filter(({ code }) => answer.verdict === 'allow' || code !== 'no-shared-family')
  const remarks = [...ofPair, ...flowRemarks(compiled, answer, port)]
  return { ...answer, certainty: worst([answer.certainty, ...remarks.map(({ code }) => NOTES[code])]), remarks }
}
