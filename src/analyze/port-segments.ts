import type { CompiledCluster } from '../engine/compile.js'
import { evaluate, type FlowVerdict } from '../engine/evaluate.js'
import { namedPorts } from '../engine/ports.js'
import { orient, type Endpoint, type Flow } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { MAX_PORT, type Protocol } from '../model/protocol.js'
import type { PortRange } from '../model/policy.js'
import { criteriaOf } from '../policy/criteria.js'
import type { Variant } from './variants.js'

/** Neighbouring ports of one protocol with one answer. */
export interface PortSegment extends PortRange {
  readonly protocol: Protocol
  /** The flow to the first port, which stands for all of them, and the others that were asked. */
  readonly flow: Flow
  readonly answers: readonly FlowVerdict[]
  /** The ports that each of these answers is for. */
  readonly pieces: readonly PortRange[]
}

/** Answers for every port of a range: asks one port of each piece that no policy tells apart, and joins equal answers. */
export function segments(
  compiled: CompiledCluster,
  variant: Variant,
  protocol: Protocol,
  range: PortRange,
): readonly PortSegment[] {
  const joined: (PortSegment & { last: number; readonly answers: FlowVerdict[]; readonly pieces: PortRange[] })[] = []
  for (const piece of pieces(compiled, variant, protocol, range)) {
    const flow: Flow = { ...variant, protocol, port: piece.first }
    const answer = evaluate(compiled, flow)
    const previous = joined.at(-1)
    const before = previous?.answers[0]
    if (previous === undefined || before === undefined || keyOf(before) !== keyOf(answer)) {
      joined.push({ ...piece, protocol, flow, answers: [answer], pieces: [piece] })
    } else {
      previous.last = piece.last
      previous.answers.push(answer)
      previous.pieces.push(piece)
    }
  }
  return joined
}

/** What two answers must share to be told as one. */
export function keyOf({ verdict, certainty, egress, ingress }: FlowVerdict): string {
  return `${verdict} ${certainty} ${egress.reason.kind} ${ingress.reason.kind}`
}

function pieces(
  compiled: CompiledCluster,
  variant: Variant,
  protocol: Protocol,
  { first, last }: PortRange,
): readonly PortRange[] {
  const flow: Flow = { ...variant, protocol, port: first }
  const starts = (['egress', 'ingress'] as const)
    .flatMap((direction) => startsOf(compiled, flow, direction))
    .filter((start) => first < start && start <= last && start <= MAX_PORT)
  const sorted = [...new Set([first, ...starts])].sort((a, b) => a - b)
  return sorted.map((start, index) => ({ first: start, last: (sorted[index + 1] ?? last + 1) - 1 }))
}

/** The ports at which some rule for this end begins or ends to match. */
function startsOf(compiled: CompiledCluster, flow: Flow, direction: Direction): readonly number[] {
  const { subject } = orient(flow, direction)
  if (subject.kind !== 'pod') return []
  const policies = compiled.policiesIn(subject.pod.namespace)
  const ports = criteriaOf(policies, [direction]).ports.filter(({ protocol }) => protocol === flow.protocol)
  // Each name once: it can stand for thousands of ports, and thousands of entries can have it.
  return [...new Set(ports.map(({ port }) => port))]
    .flatMap((port) => (port === null ? [] : rangesOf(port, flow.destination)))
    .flatMap((range) => [range.first, range.last + 1])
}

function rangesOf(port: PortRange | string, destination: Endpoint): readonly PortRange[] {
  if (typeof port !== 'string') return [port]
  return namedPorts(destination, port, { hostNetwork: 'enforce' }).map((declared) => ({
    first: declared.port,
    last: declared.port,
  }))
}
