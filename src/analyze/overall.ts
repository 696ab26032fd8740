import type { PortQuestion } from '../query/port.js'
import type { NotedAnswer } from './answer-pair.js'
import { declaredPorts } from './declared-ports.js'
import type { Pair } from './pairs.js'

/** The verdict over several flows. */
export type OverallVerdict = 'allow' | 'deny' | 'partial'

/** One pair and its answers. */
export interface AnsweredPair {
  readonly pair: Pair
  readonly flows: readonly NotedAnswer[]
}

/** The verdict over one pair; asked without a port it goes by the ports that the destination declares. */
export function pairVerdict(answer: AnsweredPair, port: PortQuestion): OverallVerdict {
  return port.kind === 'whole-set' ? byDeclaredPorts(answer) : summary(answer.flows)
}

/** Allowed if every pair is, denied if every pair is. */
export function joinVerdicts(before: OverallVerdict | null, next: OverallVerdict): OverallVerdict {
  return before === null || before === next ? next : 'partial'
}

/** Allowed if every declared port is open, or without any if all ports are; denied if not one port is open. */
function byDeclaredPorts({ pair, flows }: AnsweredPair): OverallVerdict {
  if (flows.every(({ verdict }) => verdict === 'deny')) return 'deny'
  const declared = declaredPorts(pair.to)
  const asked = flows.filter(
    ({ protocol, first, last }) =>
      declared.length === 0 ||
      declared.some((port) => port.protocol === protocol && first <= port.port && port.port <= last),
  )
  return asked.every(({ verdict }) => verdict === 'allow') ? 'allow' : 'partial'
}

function summary(flows: readonly NotedAnswer[]): OverallVerdict {
  const [first] = flows
  return first !== undefined && flows.every(({ verdict }) => verdict === first.verdict) ? first.verdict : 'partial'
}
